/** Files larger than this are loaded on the server with `concord import`. */
export const UPLOAD_LIMIT_BYTES = 500_000_000
