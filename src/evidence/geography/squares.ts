/** For tests: an installation in a folder of its own, and maps of squares that can be checked by hand. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Position } from 'geojson'
import { readConfig } from '../../platform/config.ts'
import { type Installation, openInstallation } from '../../platform/installation.ts'

/** The square from (x, y) to (x + size, y + size) as a ring. */
export const square = (x: number, y: number, size = 1): Position[] => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
  [x, y],
]

export const feature = (properties: Record<string, unknown>, ...rings: Position[][]) => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Polygon', coordinates: rings },
})

export const collection = (...features: unknown[]): string =>
  JSON.stringify({ type: 'FeatureCollection', features })

export interface Workplace {
  installation: Installation
  /** Writes a file and gives its path. */
  write(name: string, text: string): Promise<string>
  close(): Promise<void>
}

export async function openWorkplace(): Promise<Workplace> {
  const folder = await mkdtemp(join(tmpdir(), 'concord-geography-'))
  const installation = await openInstallation(readConfig({ CONCORD_DATA: join(folder, 'data') }))
  return {
    installation,
    write: async (name, text) => {
      await writeFile(join(folder, name), text)
      return join(folder, name)
    },
    close: async () => {
      await installation.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
