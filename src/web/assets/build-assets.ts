/**
 * Styles, scripts and fonts under hashed names, made once and kept in a cache folder beside the packages (or
 * in the data folder when that cannot be written). A warm start reads one small file.
 *
 * A file refers to another as `./name`; the reference is rewritten to the hashed name.
 */
import { createHash } from 'node:crypto'
import { access, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, extname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'

export interface Assets {
  /** Folder that holds the files under their hashed names, text files also as `.br` and `.gz`. */
  folder: string
  /** Address of an asset by its plain name. Throws when there is none. */
  path(name: string): string
}

const project = resolve(import.meta.dirname, '../../..')
const packages = join(project, 'node_modules')
const styles = join(import.meta.dirname, 'styles')
const client = join(import.meta.dirname, 'client')

const inter = (file: string) => join(packages, '@fontsource-variable/inter/files', file)
const borrowed: Record<string, string> = {
  'inter-latin.woff2': inter('inter-latin-wght-normal.woff2'),
  'inter-latin-ext.woff2': inter('inter-latin-ext-wght-normal.woff2'),
  'govuk-frontend.min.js': join(packages, 'govuk-frontend/dist/govuk/govuk-frontend.min.js'),
}

const compressible = new Set(['.css', '.js', '.mjs', '.svg'])

export async function prepareAssets(dataFolder: string): Promise<Assets> {
  const key = await sourcesKey()
  const folders = [join(packages, '.cache/concord'), join(dataFolder, 'cache')].map(f =>
    join(f, `web-${key}`),
  )
  const kept = await firstWithManifest(folders)
  if (kept) return kept
  for (const folder of folders) {
    try {
      return await buildInto(folder)
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (folder === folders.at(-1) || (code !== 'EACCES' && code !== 'EROFS' && code !== 'EPERM'))
        throw error
    }
  }
  throw new Error('There is no folder for the web assets.')
}

/** Hash of everything that the assets are made from: our sources, and the versions of the packages. */
async function sourcesKey(): Promise<string> {
  const hash = createHash('sha256')
  for (const folder of [styles, client]) {
    for (const file of (await readdir(folder)).sort())
      hash.update(file).update(await readFile(join(folder, file)))
  }
  hash.update(await readFile(import.meta.filename))
  for (const name of [
    'govuk-frontend',
    '@ministryofjustice/frontend',
    '@fontsource-variable/inter',
    'sass',
  ]) {
    const manifest = await readFile(join(packages, name, 'package.json'), 'utf8')
    hash.update(name).update((JSON.parse(manifest) as { version: string }).version)
  }
  return hash.digest('hex').slice(0, 16)
}

async function firstWithManifest(folders: string[]): Promise<Assets | null> {
  for (const folder of folders) {
    const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => null)
    if (text) return assetsIn(folder, JSON.parse(text) as Record<string, string>)
  }
  return null
}

function assetsIn(folder: string, names: Record<string, string>): Assets {
  return {
    folder,
    path: name => {
      const hashed = names[name]
      if (!hashed) throw new Error(`There is no asset named ${name}.`)
      return `/assets/${hashed}`
    },
  }
}

/** Makes the files beside the folder and renames at the end, so that a folder is whole or not there. */
async function buildInto(folder: string): Promise<Assets> {
  const making = `${folder}.${process.pid}`
  await mkdir(making, { recursive: true })
  const names: Record<string, string> = {}
  for (const [name, content] of await contents()) {
    const bytes = compressible.has(extname(name)) ? Buffer.from(withHashedNames(content, names)) : content
    const hashed = hashedName(name, bytes)
    names[name] = hashed
    await writeFile(join(making, hashed), bytes)
    if (compressible.has(extname(name))) {
      await writeFile(join(making, `${hashed}.br`), await promisify(brotliCompress)(bytes))
      await writeFile(join(making, `${hashed}.gz`), await promisify(gzip)(bytes))
    }
  }
  await writeFile(join(making, 'manifest.json'), JSON.stringify(names))
  await rename(making, folder).catch(async error => {
    // Another process made the same folder meanwhile: the same sources, so the same files.
    await rm(making, { recursive: true, force: true })
    await access(join(folder, 'manifest.json')).catch(() => {
      throw error
    })
  })
  return assetsIn(folder, names)
}

/** Files in an order in which each refers only to earlier ones. */
async function contents(): Promise<[string, Buffer][]> {
  const files: [string, Buffer][] = []
  for (const [name, path] of Object.entries(borrowed)) files.push([name, await readFile(path)])
  for (const name of (await readdir(client)).sort()) files.push([name, await readFile(join(client, name))])
  const { compile } = await import('sass')
  const { css } = compile(join(styles, 'concord.scss'), {
    loadPaths: [project],
    style: 'compressed',
    quietDeps: true,
  })
  files.push(['concord.css', Buffer.from(css)])
  return files
}

const withHashedNames = (content: Buffer, names: Record<string, string>): string =>
  Object.entries(names).reduce(
    (text, [name, hashed]) => text.replaceAll(`./${name}`, `./${hashed}`),
    content.toString(),
  )

function hashedName(name: string, bytes: Buffer): string {
  const extension = extname(name)
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 10)
  return `${basename(name, extension)}.${hash}${extension}`
}
