/**
 * Colours of charts and maps: the Government Analysis Function palette, which was chosen to be told apart by
 * people who see colours differently. Colour is never the only difference: each series also has a dash and a
 * marker, and each class of a map its range in words.
 *
 * Source: Government Analysis Function, "Data visualisation: colours in charts", categorical and sequential
 * palettes.
 */
export const seriesColours = ['#12436D', '#28A197', '#801650', '#F46A25'] as const

/** Same order as `seriesColours`. An empty string is a solid line. */
export const seriesDashes = ['', '8,3', '2,3', '10,3,2,3'] as const
export const seriesMarkers = ['circle', 'square', 'triangle', 'diamond'] as const

export const MAX_SERIES = seriesColours.length

export const ink = '#0b0c0c'
/** Second voice beside the lead series: rolling averages, comparators. */
export const averageColour = '#801650'
export const comparatorColour = '#3D3D3D'
export const barColour = '#12436D'
export const markerColour = '#F46A25'
export const gridColour = '#cecece'
export const quietFill = '#f3f2f1'
export const frameColour = '#505a5f'

/** One hue, light to dark: lightness falls at every step, so it survives a black-and-white printer. */
export const sequentialColours = ['#DCE9F5', '#A9CBEA', '#6BACE6', '#2073BC', '#12436D'] as const

/** Text that reads on each sequential colour at 4.5:1 or better. */
export const textOnSequential = [ink, ink, ink, '#ffffff', '#ffffff'] as const

/** The typeface of the site, with what a downloaded file falls back to. */
export const fontFamily = 'Inter, "Helvetica Neue", Arial, sans-serif'
