/**
 * What is handed to threads lies in memory that they share: it is copied there once, however many threads read it. No
 * kernel writes into what it is given.
 */

type TypedArray = Float64Array | Int32Array | Uint32Array | Int8Array | Uint8Array

const isTypedArray = (value: unknown): value is TypedArray =>
  ArrayBuffer.isView(value) && !(value instanceof DataView)

/**
 * The same value with every typed array in it moved into shared memory, through plain objects and lists. What lies there
 * already stays; where the runtime has no such memory (a page without isolation), all of it does.
 */
export function inSharedMemory<Value>(value: Value): Value {
  if (typeof SharedArrayBuffer === 'undefined') return value
  return moved(value) as Value
}

function moved(value: unknown): unknown {
  if (isTypedArray(value)) return shared(value)
  if (Array.isArray(value)) return value.some(isObject) ? value.map(moved) : value
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, moved(part)]))
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

function shared(array: TypedArray): TypedArray {
  if (array.buffer instanceof SharedArrayBuffer) return array
  const buffer = new SharedArrayBuffer(array.byteLength)
  const Kind = array.constructor as new (buffer: SharedArrayBuffer) => TypedArray
  const copy = new Kind(buffer)
  copy.set(array)
  return copy
}
