/** Signing in at the organisation's own OpenID Connect provider. */
export interface SingleSignOn {
  /** Of the provider, for the button: "West Midlands Police". */
  name: string
}
