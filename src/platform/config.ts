/**
 * Every setting, with a sentence, a format and a default. The only place that reads the environment: a lint
 * rule refuses `process.env` anywhere else. All faults are reported at once.
 */
import { resolve } from 'node:path'
import { InputFault } from './errors.ts'

export interface Config {
  /** Port that the web application listens on. */
  port: number
  /** Address that it listens on. Only this machine unless set. */
  host: string
  /** Folder that holds the evidence files and the embedded stores. */
  dataFolder: string
  /** A PostgreSQL server for casework and the catalogue; the embedded one in the data folder when null. */
  databaseUrl: string | null
  /** Folder of the area pack. */
  areaFolder: string
  /** Least level that is logged. */
  logLevel: string
  /** Memory that the evidence engine may use, such as 600MB. It spills to disk beyond. */
  engineMemory: string
  /** Threads of the evidence engine. */
  engineThreads: number
  /** Address under which people reach this installation, without a slash at its end; this machine's when null. */
  publicAddress: string | null
  /** Addresses of the proxies in front, separated by commas, whose word on who asks is taken; none when null. */
  proxies: string | null
  /** The organisation's own sign-in (OpenID Connect); none unless the issuer and the client are given. */
  oidcIssuer: string | null
  oidcClient: string | null
  oidcSecret: string | null
  /** Of the provider, as the button names it. */
  oidcName: string
  /** The organisation's mail server; e-mail is not sent when null, and notices are in the product alone. */
  mailServer: string | null
  mailUser: string | null
  mailPassword: string | null
  /** Address that e-mail comes from. */
  mailFrom: string | null
  /** Folder that a backup is written into every night; none is made when null. */
  backupFolder: string | null
  /** Days after which a backup is to be destroyed; the nightly ones are. */
  backupDays: number
}

interface Setting<T> {
  name: string
  describes: string
  format: string
  default: T
  /** Never shown, and never taken along in a backup. */
  secret?: true
  read: (text: string) => T | undefined
}

const wholeNumber =
  (min: number, max: number) =>
  (text: string): number | undefined => {
    const n = Number(text)
    return Number.isInteger(n) && n >= min && n <= max ? n : undefined
  }

const projectFolder = resolve(import.meta.dirname, '../..')

export const settings: { [K in keyof Config]: Setting<Config[K]> } = {
  port: {
    name: 'PORT',
    describes: 'Port that the web application listens on',
    format: 'a whole number from 1 to 65535',
    default: 3000,
    read: wholeNumber(1, 65535),
  },
  host: {
    name: 'HOST',
    describes: 'Address that the web application listens on',
    format: 'an address of this machine; 0.0.0.0 for all',
    default: '127.0.0.1',
    read: text => text || undefined,
  },
  dataFolder: {
    name: 'CONCORD_DATA',
    describes: 'Folder that holds the evidence files and the embedded stores',
    format: 'a path',
    default: resolve('var'),
    read: text => resolve(text),
  },
  databaseUrl: {
    name: 'DATABASE_URL',
    describes: 'PostgreSQL server; the embedded one when it is not set',
    format: 'postgres://user:password@host:port/database',
    default: null,
    secret: true,
    read: text => (/^postgres(ql)?:\/\//.test(text) ? text : undefined),
  },
  areaFolder: {
    name: 'CONCORD_AREA',
    describes: 'Folder of the area pack',
    format: 'a path',
    default: resolve(projectFolder, 'areas/west-midlands'),
    read: text => resolve(text),
  },
  logLevel: {
    name: 'LOG_LEVEL',
    describes: 'Least level that is logged',
    format: 'trace, debug, info, warn, error or silent',
    default: 'warn',
    read: text => (/^(trace|debug|info|warn|error|silent)$/.test(text) ? text : undefined),
  },
  engineMemory: {
    name: 'CONCORD_ENGINE_MEMORY',
    describes: 'Memory that the evidence engine may use before it spills to disk',
    format: 'a number with MB or GB',
    default: '600MB',
    read: text => (/^\d+(MB|GB)$/.test(text) ? text : undefined),
  },
  engineThreads: {
    name: 'CONCORD_ENGINE_THREADS',
    describes: 'Threads of the evidence engine',
    format: 'a whole number from 1 to 64',
    default: 2,
    read: wholeNumber(1, 64),
  },
  publicAddress: {
    name: 'CONCORD_ADDRESS',
    describes: 'Address under which people reach Concord; http://localhost and the port when it is not set',
    format: 'https://concord.example',
    default: null,
    read: text => (/^https?:\/\/[^/\s]+\/?$/.test(text) ? text.replace(/\/$/, '') : undefined),
  },
  proxies: {
    name: 'CONCORD_PROXIES',
    describes: 'Proxies in front of Concord, whose word on who asks, and whether over HTTPS, is taken',
    format: 'addresses or ranges separated by commas, such as 127.0.0.1,10.0.0.0/8',
    default: null,
    read: text => (/^[0-9a-fA-F.:/]+(,[0-9a-fA-F.:/]+)*$/.test(text) ? text : undefined),
  },
  oidcIssuer: {
    name: 'CONCORD_OIDC_ISSUER',
    describes: 'OpenID Connect provider at which people sign in; none when it is not set',
    format: 'https://login.example',
    default: null,
    read: text =>
      /^https:\/\/\S+$|^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?\/?$/.test(text) ? text : undefined,
  },
  oidcClient: {
    name: 'CONCORD_OIDC_CLIENT',
    describes: 'Name of Concord at that provider (client id)',
    format: 'text',
    default: null,
    read: text => text,
  },
  oidcSecret: {
    name: 'CONCORD_OIDC_SECRET',
    describes: 'Secret of Concord at that provider; none for a public client',
    format: 'text',
    default: null,
    secret: true,
    read: text => text,
  },
  oidcName: {
    name: 'CONCORD_OIDC_NAME',
    describes: 'What the button to sign in calls the provider',
    format: 'text',
    default: 'your organisation',
    read: text => text,
  },
  mailServer: {
    name: 'CONCORD_MAIL_SERVER',
    describes:
      'Mail server (SMTP) for notices; without it no e-mail is sent. smtps: encrypted from the start; smtp: with STARTTLS, which only a server on this machine may lack',
    format: 'smtp://mail.example:587 or smtps://mail.example:465, without a user or password',
    default: null,
    read: text => (/^smtps?:\/\/[a-zA-Z0-9.-]+(:\d{1,5})?$/.test(text) ? text : undefined),
  },
  mailUser: {
    name: 'CONCORD_MAIL_USER',
    describes: 'Name of Concord at the mail server; none when it asks for none',
    format: 'text',
    default: null,
    read: text => text,
  },
  mailPassword: {
    name: 'CONCORD_MAIL_PASSWORD',
    describes: 'Password of Concord at the mail server',
    format: 'text',
    default: null,
    secret: true,
    read: text => text,
  },
  mailFrom: {
    name: 'CONCORD_MAIL_FROM',
    describes:
      'Address that e-mail comes from; needed with a mail server. Answers and bounces go there, and Concord does not read them',
    format: 'concord@agency.example',
    default: null,
    read: text => (/^[\w.+-]{1,64}@[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)*$/.test(text) ? text : undefined),
  },
  backupFolder: {
    name: 'CONCORD_BACKUPS',
    describes:
      'Folder that a backup is written into every night at four; none is made when it is not set. Best on another disk',
    format: 'a path',
    default: null,
    read: text => resolve(text),
  },
  backupDays: {
    name: 'CONCORD_BACKUP_DAYS',
    describes:
      'Days that a backup is kept: what is deleted meanwhile is still in it. The nightly ones are deleted then',
    format: 'a whole number from 1 to 90',
    default: 30,
    read: wholeNumber(1, 90),
  },
}

/** What stands in the environment, by its names, without secrets. */
export function settingsThatStand(config: Config): Record<string, string> {
  const keys = Object.keys(settings) as (keyof Config)[]
  return Object.fromEntries(
    keys
      .filter(key => !settings[key].secret && config[key] !== settings[key].default)
      .map(key => [settings[key].name, String(config[key])]),
  )
}

/** Reads all settings, or throws one `config-invalid` that names every fault. */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const faults: string[] = []
  const read = <K extends keyof Config>(key: K): Config[K] => {
    const setting = settings[key]
    const text = environment[setting.name]
    if (text === undefined || text === '') return setting.default
    const value = setting.read(text)
    if (value === undefined) faults.push(`${setting.name} is "${text}" but must be ${setting.format}.`)
    return value ?? setting.default
  }
  const config = Object.fromEntries(
    (Object.keys(settings) as (keyof Config)[]).map(key => [key, read(key)]),
  ) as unknown as Config
  if (faults.length > 0) throw new InputFault('config-invalid', faults.join(' '))
  return config
}
