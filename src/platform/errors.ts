/**
 * Errors that a person can act on.
 *
 * `InputFault` says that what came in (a file, an argument, a form) cannot be used, in one sentence that
 * names what, where and what to do. The command line prints it and exits with 1; a page shows it in the
 * error summary; nothing is logged as a defect. Every code is listed in `docs/operations/errors.md`, and a
 * test compares the two.
 */
export class InputFault extends Error {
  readonly code: FaultCode
  constructor(code: FaultCode, sentence: string) {
    super(sentence)
    this.name = 'InputFault'
    this.code = code
  }
}

/** The command or the address was used wrongly: exit status 2, HTTP 400. */
export class UsageFault extends Error {
  constructor(sentence: string) {
    super(sentence)
    this.name = 'UsageFault'
  }
}

/** What was asked for is not there, or not theirs: from outside the two look the same. HTTP 404. */
export class NotThere extends Error {
  constructor() {
    super('There is nothing here that can be opened.')
    this.name = 'NotThere'
  }
}

/**
 * The move does not fit the state that the record is in: somebody else was first, or it was never possible. HTTP 409.
 * The sentence says what is possible.
 */
export class WrongMove extends Error {
  constructor(sentence: string) {
    super(sentence)
    this.name = 'WrongMove'
  }
}

/** Every fault code, with what it means to whoever looks after an installation. */
export const faultCodes = {
  'file-empty': 'The file has no bytes, or a header and no rows',
  'file-unreadable': 'The file cannot be opened, or is not of a kind that Concord reads',
  'file-damaged': 'The file is cut off, has NUL bytes, or an unclosed quotation mark',
  'file-too-large': 'A line, sheet or archive is larger than the stated limit',
  'file-changed': 'The file grew or changed while it was being read',
  'dataset-unknown': 'The columns fit no dataset, or several equally well',
  'columns-missing': 'Columns that the dataset needs are not in the file',
  'columns-repeated': 'Two columns of the file stand for the same column of the dataset',
  'supplier-reserved': 'The supplier is named like invented data, which is open to everybody',
  'force-unknown': 'The police force of a published file cannot be told from its name',
  'store-busy': 'Another process has the data folder open',
  'store-newer': 'The data folder was written by a newer Concord',
  'disk-full': 'There is no room left on the disk; nothing was changed',
  'load-unknown': 'There is no load with that number, or it is withdrawn already',
  'measure-unknown': 'There is no measure of that name',
  'dimension-unknown': 'The measure cannot be split or filtered by that',
  'period-invalid':
    'A month or day is not written as 2019-04 or 2019-04-30, or the period ends before it begins',
  'boundaries-invalid': 'The boundary file is not GeoJSON of polygons with codes',
  'input-invalid': 'A file given to an analysis lacks a column, or a cell in it cannot be used',
  'area-pack-invalid': 'The area pack is not complete or contradicts itself',
  'config-invalid': 'A setting is missing or malformed',
  'output-unwritable': 'The file or folder that output should go to cannot be written',
  'port-taken': 'Another program listens on the port, or this account may not',
  'data-folder-unusable': 'The data folder cannot be made or written',
  'account-unknown': 'There is no account with that e-mail address',
  'account-invalid': 'The account cannot be made, or changed in that way',
  'backup-unusable': 'What was given is no backup, or not as it was written',
  'restore-refused': 'Something is there already, or in use, that a restore would replace',
  'database-unreachable': 'The PostgreSQL server of DATABASE_URL does not answer, or refuses',
} as const

export type FaultCode = keyof typeof faultCodes
