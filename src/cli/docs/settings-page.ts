/** `docs/operations/settings.md`, from the settings themselves. */
import { relative, resolve } from 'node:path'
import { settings } from '../../platform/config.ts'
import { code, generatedBy, table } from './markdown.ts'

const projectFolder = resolve(import.meta.dirname, '../../..')

/** Paths as they are meant, not as they are on the machine that writes the page. */
function defaultWords(name: string, value: string | number | null): string {
  if (value === null) return 'none'
  if (name === 'CONCORD_DATA') return code('./var')
  if (name === 'CONCORD_AREA') return `${code(relative(projectFolder, String(value)))} of the program`
  return code(String(value))
}

export const settingsPage = (): string =>
  [
    generatedBy('src/cli/docs/settings-page.ts'),
    '# Settings\n',
    'Concord is set by the environment. A setting that is malformed is refused at the start, all at once.\n',
    table(
      ['Setting', 'What it says', 'Format', 'When not set'],
      Object.values(settings).map(setting => [
        code(setting.name),
        setting.describes,
        setting.format,
        defaultWords(setting.name, setting.default),
      ]),
    ),
  ].join('\n')
