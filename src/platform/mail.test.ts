import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import fc from 'fast-check'
import { startMailServer, type TestMailServer } from '../../test/mail-server.ts'
import { readConfig } from './config.ts'
import { isMailAddress, type Mail, mailSettings, openMailer } from './mail.ts'

const mail: Mail = {
  id: '11111111-1111-4111-8111-111111111111',
  to: 'school@oak-school.example',
  subject: 'R-2026-0123: look at it',
  text: 'Something about R-2026-0123 needs you.',
  html: '<!DOCTYPE html><html lang="en-GB"><body><p>Something about R-2026-0123 needs you.</p></body></html>',
}

describe('e-mail to a real server', () => {
  let server: TestMailServer
  before(async () => {
    server = await startMailServer()
  })
  beforeEach(() => {
    server.taken.length = 0
    server.behave('take')
  })
  after(() => server.close())

  test('it goes to one address, as plain text and as HTML, and says that a program wrote it', async () => {
    assert.deepEqual(await openMailer(server.settings)(mail), { is: 'sent' })
    const [taken] = server.taken
    assert.deepEqual(taken!.to, [mail.to])
    assert.equal(taken!.from, 'concord@concord.example')
    const head = taken!.source.slice(0, taken!.source.indexOf('\r\n\r\n'))
    assert.match(head, /^From: Concord <concord@concord\.example>\r?$/m)
    assert.match(head, /^To: school@oak-school\.example\r?$/m)
    assert.match(head, /^Subject: R-2026-0123: look at it\r?$/m)
    assert.match(head, /^Message-ID: <11111111-1111-4111-8111-111111111111@concord\.example>\r?$/m)
    assert.match(head, /^Auto-Submitted: auto-generated\r?$/m)
    assert.match(head, /^Content-Type: multipart\/alternative;/m)
    assert.match(taken!.source, /Content-Type: text\/plain; charset=utf-8/)
    assert.match(taken!.source, /Content-Type: text\/html; charset=utf-8/)
  })

  test('what the server refuses is told apart: for good, for now, and who knows', async () => {
    const send = openMailer(server.settings)
    server.behave('refuse-address')
    assert.deepEqual(await send(mail), { is: 'refused', fault: '550' })
    server.behave('not-this-address-now')
    assert.deepEqual(await send(mail), { is: 'later', fault: '450' })
    server.behave('not-now')
    assert.deepEqual(await send(mail), { is: 'later', fault: '451' })
    assert.deepEqual(server.taken, [])
    server.behave('break')
    const broken = await send(mail)
    assert.equal(broken.is, 'uncertain')
    assert.equal(server.taken.length, 1, 'the server has it, and could not say so')
  })

  test('a server that does not answer, or offers no encryption, gets nothing', async () => {
    const closed = await startMailServer()
    await closed.close()
    assert.equal((await openMailer(closed.settings)(mail)).is, 'later')
    // The same server by a name that is not known as this machine's: encryption is insisted upon, and it answers that
    // it knows no such command.
    const elsewhere = await openMailer({ ...server.settings, host: '127.1' })(mail)
    assert.deepEqual(elsewhere, { is: 'later', fault: '500' })
    assert.deepEqual(server.taken, [])
  })

  test('no header and no second recipient can be put in through an address or a subject', async () => {
    const send = openMailer(server.settings)
    for (const to of [
      'a@b.example\r\nBcc: c@d.example',
      'a@b.example, c@d.example',
      'a@b.example;c@d.example',
      '<a@b.example>',
      'A <a@b.example>',
      '"a b"@b.example',
      'a@b.example\n',
      'a@b.example\u0000',
      'a@@b.example',
      '',
    ]) {
      assert.deepEqual(await send({ ...mail, to }), { is: 'refused', fault: 'ADDRESS' }, JSON.stringify(to))
    }
    await assert.rejects(send({ ...mail, subject: 'R-2026-0123\r\nBcc: c@d.example' }), TypeError)
    assert.deepEqual(server.taken, [])
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        if (isMailAddress(text)) assert.match(text, /^[^\s,;<>"()[\]\\:\p{Cc}]+@[a-zA-Z0-9.-]+$/u)
      }),
    )
    fc.assert(fc.property(fc.emailAddress(), address => isMailAddress(address)))
  })
})

test('a mail server is set without its password in the address, and says who writes', () => {
  const read = (environment: Record<string, string>) => mailSettings(readConfig(environment))
  assert.equal(read({}), null)
  assert.deepEqual(
    read({
      CONCORD_MAIL_SERVER: 'smtps://mail.example',
      CONCORD_MAIL_FROM: 'concord@agency.example',
      CONCORD_MAIL_USER: 'concord',
      CONCORD_MAIL_PASSWORD: 'secret',
    }),
    {
      host: 'mail.example',
      port: 465,
      tls: true,
      user: 'concord',
      password: 'secret',
      from: 'concord@agency.example',
    },
  )
  assert.equal(
    read({ CONCORD_MAIL_SERVER: 'smtp://mail.example:25', CONCORD_MAIL_FROM: 'concord@agency.example' })
      ?.port,
    25,
  )
  assert.throws(() => read({ CONCORD_MAIL_SERVER: 'smtp://mail.example' }), /CONCORD_MAIL_FROM/)
  assert.throws(() => read({ CONCORD_MAIL_SERVER: 'smtp://u:p@mail.example' }), /CONCORD_MAIL_SERVER/)
})
