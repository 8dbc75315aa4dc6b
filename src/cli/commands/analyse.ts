import { resolve } from 'node:path'
import { nearest } from '../../measures/nearest.ts'
import { InputFault, UsageFault } from '../../platform/errors.ts'
import type { AnalyseMethod, AnalyseResult, Analysis, InputTable } from '../analyse/analyse-method.ts'
import { methodHelp, methodList } from '../analyse/method-words.ts'
import { readTable } from '../analyse/read-table.ts'
import { csvPieces, jsonPieces } from '../analyse/write-table.ts'
import type { Command, Terminal } from '../command.ts'
import { writeWholeFile } from '../output-file.ts'

export const analyseCommand: Command = {
  name: 'analyse',
  summary: 'Analyses any CSV file by a named method, without a database',
  usage: 'analyse [METHOD --input FILE.csv [options] [--out FILE.csv | --json]]',
  details: [
    '  --input FILE.csv   comma, semicolon or tab, with a heading row; columns may come in any order',
    '  --out FILE.csv     into a file: all of it or nothing; standard output when absent',
    '  --json             as JSON, with what does not fit into a table; also into --out',
    '',
    'Without METHOD it lists the methods; "concord help analyse METHOD" says the options and columns of one.',
    'Numbers are written in full precision, flags are 0 or 1, and what is missing is an empty field.',
    '',
    'Example: concord analyse aoristic --input burglaries.csv --out week.csv',
  ].join('\n'),
  opens: 'nothing',
  helpAbout: async topic => {
    const method = (await allMethods()).find(m => m.name === topic)
    return method ? methodHelp(method) : null
  },
  // The methods are read only now, so that every other command starts without them.
  prepare: (argv, cwd) => async terminal => {
    const [name, ...rest] = argv
    const methods = await allMethods()
    if (name === undefined) {
      terminal.out(methodList(methods))
      return 0
    }
    const method = methodOf(name, methods)
    const { analysis, whereTo } = preparing(method, rest)
    if (whereTo.input === undefined)
      throw new UsageFault(`--input is missing: which file shall ${name} read?`)
    const file = whereTo.out === undefined ? null : resolve(cwd, whereTo.out)
    terminal.progress({ label: `reading ${whereTo.input}`, done: 0, of: null })
    const table = await readTable(resolve(cwd, whereTo.input), whereTo.input, analysis, terminal.signal)
    const result = await running(analysis, table, terminal)
    terminal.signal.throwIfAborted()
    await write(whereTo.json ? jsonPieces(name, result) : csvPieces(result), file, terminal)
    return 0
  },
}

const allMethods = async (): Promise<readonly AnalyseMethod[]> =>
  (await import('../analyse/methods.ts')).analyseMethods

function methodOf(name: string, methods: readonly AnalyseMethod[]): AnalyseMethod {
  const method = methods.find(m => m.name === name)
  if (method) return method
  if (name.startsWith('-')) throw new UsageFault(`METHOD comes first, before ${name}.`)
  const near = nearest(
    name,
    methods.map(m => m.name),
  )
  const hint = near ? ` Did you mean ${near}?` : ' "concord analyse" lists them.'
  throw new UsageFault(`There is no method "${name}".${hint}`)
}

/** Wrong usage of a method ends with how to call that method. */
function preparing(method: AnalyseMethod, argv: string[]): ReturnType<AnalyseMethod['prepare']> {
  try {
    return method.prepare(argv)
  } catch (error) {
    if (!(error instanceof UsageFault)) throw error
    throw new UsageFault(`${error.message} "concord help analyse ${method.name}" says how to call it.`)
  }
}

/** RangeErrors of the engine itself, such as of a stack that overflows: these are defects of ours. */
const OF_THE_ENGINE = /^(Invalid|Maximum|Array buffer)/

/** A kernel refuses a value that it cannot take with a RangeError that shows it. */
async function running(analysis: Analysis, table: InputTable, terminal: Terminal): Promise<AnalyseResult> {
  try {
    return await analysis.run(table, terminal)
  } catch (error) {
    if (!(error instanceof RangeError) || OF_THE_ENGINE.test(error.message)) throw error
    const sentence = error.message.replace(/^./, letter => letter.toUpperCase()).replace(/\.?$/, '.')
    throw new InputFault('input-invalid', sentence)
  }
}

async function write(pieces: Iterable<string>, file: string | null, terminal: Terminal): Promise<void> {
  if (file !== null) return writeWholeFile(file, pieces)
  for (const piece of pieces) {
    terminal.signal.throwIfAborted()
    terminal.out(piece)
  }
}
