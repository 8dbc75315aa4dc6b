/** A QR code as the path of an SVG: one unit a module. The content security policy lets no style in, and this needs none. */
import { encode } from 'uqr'

export interface QrPicture {
  /** Width and height in units, with the quiet margin. */
  size: number
  path: string
}

export function qrPicture(text: string): QrPicture {
  const { data, size } = encode(text, { border: 4 })
  const path = data
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join('')
  return { size, path }
}
