/** Makes documents on a thread of their own. */
import { openWorkerPool } from '../../platform/worker-pool.ts'
import type { PrintedDocument } from './document.ts'

export const documentFormats = {
  pdf: { title: 'PDF', type: 'application/pdf' },
  docx: { title: 'Word', type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' },
} as const

export type DocumentFormat = keyof typeof documentFormats

export interface DocumentPrinter {
  /** Bytes of the file. */
  print(document: PrintedDocument, format: DocumentFormat): Promise<Uint8Array>
  close(): Promise<void>
}

export function openDocumentPrinter(): DocumentPrinter {
  // Started with the first document: most servers make none for hours.
  const pool = openWorkerPool(new URL('./document-thread.ts', import.meta.url), 1)
  return {
    print: (document, format) => pool.run(format, document),
    close: pool.close,
  }
}
