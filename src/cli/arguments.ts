/** Arguments of a command by `node:util` parseArgs, with faults said in sentences. */
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { nearest } from '../measures/nearest.ts'
import { UsageFault } from '../platform/errors.ts'

type Options = NonNullable<ParseArgsConfig['options']>

export interface Positionals {
  /** As the usage line calls them: `PATH`. */
  name: string
  least: number
  most: number
}

const none: Positionals = { name: '', least: 0, most: 0 }

/** Values and positional arguments. Throws `UsageFault` that names what is unknown, missing or too much. */
export function readArguments<const O extends Options>(
  argv: string[],
  options: O,
  positionals: Positionals = none,
) {
  const parsed = parsing(
    () => parseArgs({ args: argv, options, allowPositionals: true, strict: true }),
    options,
  )
  const { length } = parsed.positionals
  if (length < positionals.least) throw new UsageFault(`${positionals.name} is missing.`)
  if (length > positionals.most) {
    throw new UsageFault(`"${parsed.positionals[positionals.most]}" is not expected here.`)
  }
  return parsed
}

function parsing<T>(parse: () => T, options: Options): T {
  try {
    return parse()
  } catch (error) {
    throw new UsageFault(sentence(error as NodeJS.ErrnoException, options))
  }
}

function sentence({ code, message }: NodeJS.ErrnoException, options: Options): string {
  const name = /'(?:-\w, )?(--?[^' ]+)/.exec(message)?.[1]?.replace(/=.*/, '') ?? ''
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const near = nearest(
      name,
      [...Object.keys(options), 'help'].map(option => `--${option}`),
    )
    return `There is no option ${name}.${near ? ` Did you mean ${near}?` : ''}`
  }
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
    return /does not take/.test(message) ? `${name} takes no value.` : `${name} needs a value.`
  }
  return message
}

/** One of the named values. Throws `UsageFault` that lists them. */
export function oneOf<const T extends string>(option: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find(value => value === text)
  if (found) return found
  throw new UsageFault(
    `${option} is "${text}" but must be ${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}.`,
  )
}

/** A whole number of at least one, as a load has. */
export function numberOf(what: string, text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text)
  throw new UsageFault(`${what} is "${text}" but must be a whole number, as "concord loads" lists them.`)
}

/** `d=v` pairs, in order. */
export function pairsOf(option: string, texts: readonly string[]): [string, string][] {
  return texts.map(text => {
    const at = text.indexOf('=')
    if (at < 1) throw new UsageFault(`${option} is "${text}" but must be NAME=VALUE.`)
    return [text.slice(0, at), text.slice(at + 1)]
  })
}
