/** Which room of the house may import which, and who breaks it. */
import { dirname, join } from 'node:path/posix'

/** Data moves down this list; a room imports only what is named beside it. */
const mayImport: Record<string, readonly string[]> = {
  platform: [],
  analysis: [],
  areas: ['platform'],
  evidence: ['platform', 'areas'],
  measures: ['platform', 'areas', 'evidence', 'analysis'],
  governance: ['platform', 'areas'],
  casework: ['platform', 'areas', 'evidence', 'measures', 'governance', 'analysis'],
  synthetic: ['platform', 'areas', 'evidence', 'measures', 'governance', 'casework'],
  reports: ['platform', 'areas', 'evidence', 'measures', 'analysis'],
  web: ['platform', 'areas', 'evidence', 'measures', 'analysis', 'governance', 'casework', 'reports'],
  cli: [
    'platform',
    'areas',
    'evidence',
    'measures',
    'analysis',
    'governance',
    'casework',
    'reports',
    'synthetic',
    'web',
  ],
}

/** Folders within a feature that hold nothing but what its pages are made of. */
const pageFolders = [
  'src/measures/pictures/',
  'src/casework/progress/figures/',
  'src/casework/tasking/meetings/printed/',
]

/** A feature's pages live beside the feature and belong to the web. */
export function roomOf(path: string): string {
  if (path.endsWith('-pages.ts') || pageFolders.some(folder => path.startsWith(folder))) return 'web'
  return /^src\/([^/]+)\//.exec(path)?.[1] ?? ''
}

const COMMENT = /\/\*[\s\S]*?\*\/|(?<![:'"])\/\/.*/g
const FROM = /^(?:import|export)\b[^'"`;=()]*?\bfrom\s*['"]([^'"]+)['"]/gm
const BARE = /^import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm

/**
 * What a module names after `from`, in `import '…'` and in `import('…')`; types count like values. Statements begin
 * a line: the formatter sees to that.
 */
export function importsOf(text: string): string[] {
  const code = text.replaceAll(COMMENT, '')
  return [...code.matchAll(FROM), ...code.matchAll(BARE)].map(match => match[1] ?? match[2]!)
}

/** A sentence for each arrow that points the wrong way. `files` are paths from the project's folder with text. */
export function wrongArrows(files: ReadonlyMap<string, string>): string[] {
  const wrong: string[] = []
  for (const [path, text] of files) {
    const room = roomOf(path)
    const allowed = mayImport[room]
    if (!allowed) {
      wrong.push(`${path} lies in no room of the house.`)
      continue
    }
    for (const specifier of importsOf(text)) {
      if (!specifier.startsWith('.')) continue
      const target = join(dirname(path), specifier)
      const to = roomOf(target)
      if (to !== room && !allowed.includes(to)) {
        wrong.push(`${path} (${room}) imports ${target} (${to || 'outside src'}).`)
      }
    }
  }
  return wrong
}
