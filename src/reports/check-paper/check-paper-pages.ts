/** The paper checker as a page: a form, and what was found. Nothing of a paper is kept. */

import { readFile } from 'node:fs/promises'
import type { FastifyReply } from 'fastify'
import { asProgram } from '../../governance/access/as-member.ts'
import { InputFault } from '../../platform/errors.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { discard, type ReceivedFile, receiveForm } from '../../web/uploads/receive-upload.ts'
import { viewerActor } from '../../web/viewers.ts'
import { bytesWords } from '../../web/words.ts'
import { checkOnThread } from './check-on-thread.ts'
import { countVerdicts } from './check-paper.ts'
import { claimKinds, type Finding, type Verdict } from './finding.ts'
import { verdictWords } from './finding-text.ts'
import { placeWords } from './paper.ts'
import { PAPER_LIMIT_BYTES } from './read-paper.ts'

/** More is no help on one page; the command prints everything. */
const MOST_SHOWN = 500

export function checkPaperPages(app: WebServer, context: PageContext): void {
  const { installation } = context.store

  app.get('/papers/check', { config: { may: 'check-papers', records: 'nothing' } }, (_request, reply) =>
    formPage(reply),
  )

  app.post(
    '/papers/check',
    {
      config: { may: 'check-papers', records: 'paper-checked', proof: 'handler', rateLimit: { max: 30 } },
    },
    async (request, reply) => {
      const received = await receiveForm(app, request, reply, installation.folder.incoming)
      if (!received) return reply
      try {
        const [file] = received.files
        if (!file) return formPage(reply.code(400), 'Choose a paper to check')
        if (received.files.length > 1) return formPage(reply.code(400), 'Choose one paper at a time')
        const bytes = await bytesOf(file)
        // Before anything is answered: whoever has the answer knows that the paper is gone.
        await discard(received.files)
        const { findings, pages } = await checkOnThread({ bytes, name: file.name })
        // What was said in the paper, and what it is called, is nobody's to keep.
        await asProgram(
          installation.database,
          context.clock(),
          tx => tx.record('paper-checked', { kind: 'paper', detail: { ...countVerdicts(findings) } }),
          viewerActor(request.viewer),
        )
        return reply.page('reports/check-paper/views/checked.njk', {
          title: `What was found in ${file.name}`,
          back: { text: 'Check another paper', href: '/papers/check' },
          summary: verdictWords(findings),
          pages,
          groups: groupsOf(findings),
        })
      } catch (error) {
        if (error instanceof InputFault) return formPage(reply.code(400), error.message)
        throw error
      } finally {
        await discard(received.files)
      }
    },
  )
}

async function bytesOf({ path, name, bytes }: ReceivedFile): Promise<Buffer> {
  if (bytes > PAPER_LIMIT_BYTES) {
    throw new InputFault(
      'file-too-large',
      `${name} is larger than ${bytesWords(PAPER_LIMIT_BYTES)}. Send it without its pictures, or in parts.`,
    )
  }
  return readFile(path)
}

const formPage = (reply: FastifyReply, fault?: string): FastifyReply =>
  reply.page('reports/check-paper/views/check-paper.njk', {
    title: 'Check a paper',
    csrf: reply.generateCsrf(),
    kinds: Object.values(claimKinds),
    limit: bytesWords(PAPER_LIMIT_BYTES),
    ...errorsOf({ paper: fault }),
  })

const groupWords: readonly (readonly [Verdict, string])[] = [
  ['disagrees', 'What disagrees'],
  ['cannot-tell', 'What cannot be told'],
  ['agrees', 'What agrees'],
]

const groupsOf = (findings: readonly Finding[]) =>
  groupWords.map(([verdict, heading]) => {
    const all = findings.filter(f => f.verdict === verdict)
    return {
      verdict,
      heading,
      count: all.length,
      left: Math.max(0, all.length - MOST_SHOWN),
      findings: all.slice(0, MOST_SHOWN).map(finding => ({
        kind: claimKinds[finding.kind],
        sentence: finding.sentence.length > 600 ? `${finding.sentence.slice(0, 599)}…` : finding.sentence,
        claim: finding.claim,
        computation: finding.computation,
        where: placeWords(finding.place),
      })),
    }
  })
