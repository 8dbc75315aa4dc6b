/**
 * Reads and checks `pack.json` of an area pack. Everything wrong with it is said at once, one sentence a fault,
 * because whoever writes a pack for a new area mends it in an editor and not in a conversation.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InputFault } from '../platform/errors.ts'
import type { AreaPack } from './area-pack.ts'
import { contradictions } from './pack-contradictions.ts'
import { shapeFaults } from './pack-shape.ts'

/** Reads the pack in a folder. Throws `area-pack-invalid` with every fault found. */
export async function readAreaPack(folder: string): Promise<AreaPack> {
  const path = join(folder, 'pack.json')
  const text = await readFile(path, 'utf8').catch(() => {
    throw new InputFault(
      'area-pack-invalid',
      `There is no area pack at ${path}. CONCORD_AREA names its folder.`,
    )
  })
  return checkAreaPack(parse(text, path), path)
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new InputFault('area-pack-invalid', `${path} is not JSON: ${(error as Error).message}.`)
  }
}

/** The value as an area pack. Contradictions are looked for only in a pack whose shape is right. */
export function checkAreaPack(value: unknown, path = 'The area pack'): AreaPack {
  const faults = shapeFaults(value)
  if (faults.length === 0) faults.push(...contradictions(value as AreaPack))
  if (faults.length > 0) throw new InputFault('area-pack-invalid', `${path}: ${faults.join(' ')}`)
  return value as AreaPack
}
