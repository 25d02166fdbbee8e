/** Languages of the interface; Vietnamese is the source, English the translation. */
export type Language = 'vi' | 'en'

/** Sentences of one feature, by key. */
export type Sentences = Readonly<Record<string, string>>

/** What a translation must have: exactly the keys of the source. */
export type Translation<S extends Sentences> = { readonly [K in keyof S]: string }

/** Names of the values a sentence asks for: `{name}`, or `{name|one|many}` for a word that follows a count. */
type Asked<S extends string> = S extends `${string}{${infer Inner}}${infer Rest}`
  ? (Inner extends `${infer Name}|${string}` ? Name : Inner) | Asked<Rest>
  : never

/** Values for a sentence; a sentence without placeholders takes none. */
export type Params<S extends string> = string extends S
  ? Readonly<Record<string, string | number>>
  : { readonly [K in Asked<S>]: string | number }

/** Keys of the sentences that ask for no values: the ones a table may name. */
export type PlainKey<S extends Sentences> = { readonly [K in keyof S]: [Asked<S[K]>] extends [never] ? K : never }[keyof S] & string

/** Looks a sentence up by its key and fills it. The values are those the Vietnamese source asks for. */
export type Translate<S extends Sentences> = <K extends keyof S & string>(
  key: K,
  ...params: [keyof Params<S[K]>] extends [never] ? [] : [Params<S[K]>]
) => string

/**
 * Fills `{name}` from the values; `{name|dossier|dossiers}` gives the first word when the value is 1, else the second.
 * A value that is missing shows as `…`, never as an empty gap.
 */
export const fill = (sentence: string, params: Readonly<Record<string, string | number>>): string =>
  sentence.replace(/\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/g, (_, name: string, one: string | undefined, many: string | undefined) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined
    if (value === undefined) return '…'
    return one === undefined || many === undefined ? String(value) : Number(value) === 1 ? one : many
  })

/** The translate function for one feature in one language. */
export const translator = <S extends Sentences>(language: Language, vi: S, en: Translation<S>): Translate<S> =>
  (key, ...params) => fill((language === 'vi' ? vi : en)[key], params[0] ?? {})
