import { z } from 'zod'
import { hash, isoInstant } from '../schema/base.ts'
import { deviceJwk } from '../schema/sealed.ts'

/** Bytes of one leaf (mảnh) of a package. */
export const leafBytes = 1_048_576
/** Most consecutive leaves in one request. */
export const leavesPerRequest = 8
/** Largest package: 8 GiB. */
export const packageBytes = 8 * 1024 * leafBytes

/** First and last leaf of a run, both included, counted from 0. */
export const run = z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]).refine(([from, to]) => from <= to)
export type Run = z.infer<typeof run>

const nonce = z.string().regex(/^[A-Za-z0-9_-]{32,200}$/)
const label = z.string().min(1).max(200)
const jwsText = z.string().max(20_000).regex(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/)

/** `GET /v1/hello`: who the exchange is (`server` = thumbprint of its first key, for ever), its clock, a fresh nonce. */
export const hello = z.object({
  v: z.literal(1),
  product: z.literal('luong-gia-exchange'),
  server: hash,
  name: label,
  time: isoInstant,
  nonce,
})
export type Hello = z.infer<typeof hello>

/** `POST /v1/enrol`: the one-time code itself never travels, only a message authentication code made with it. */
export const enrolRequest = z.strictObject({
  v: z.literal(1),
  /** First part of the code, which finds it; not secret. */
  code: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{4}$/),
  key: deviceJwk,
  /** What people call the device. */
  name: label,
  mac: hash,
})
export type EnrolRequest = z.infer<typeof enrolRequest>

/** What the device pins at enrolment. `mac` proves that the answer comes from whoever issued the code. */
export const enrolAnswer = z.object({
  v: z.literal(1),
  server: hash,
  name: label,
  organisation: z.object({ id: hash, name: label }),
  device: hash,
  keys: z.array(deviceJwk).min(1).max(20),
  mac: hash,
})
export type EnrolAnswer = z.infer<typeof enrolAnswer>

/** Payload of the JWS that opens a session; `aud` stops one exchange from using it at another. */
export const sessionProof = z.strictObject({ v: z.literal(1), aud: hash, device: hash, nonce })
export type SessionProof = z.infer<typeof sessionProof>

/** `POST /v1/session` */
export const sessionRequest = z.strictObject({ v: z.literal(1), proof: jwsText })
export const sessionAnswer = z.object({ v: z.literal(1), token: z.string().regex(/^[A-Za-z0-9_-]{43}$/) })

/** `POST /v1/uploads`: names a package by its content. The same plan always leads to the same upload. */
export const planRequest = z.strictObject({
  v: z.literal(1),
  kind: z.literal('dossier'),
  sha256: hash,
  size: z.number().int().positive().max(packageBytes),
  leafSize: z.literal(leafBytes),
  leaves: z.array(hash).min(1).max(packageBytes / leafBytes),
}).refine((plan) => plan.leaves.length === Math.ceil(plan.size / leafBytes), { path: ['leaves'] })
export type PlanRequest = z.infer<typeof planRequest>

const received = z.object({ receipt: jwsText })

/** Either the receipt (already received), or what is still missing. */
export const planAnswer = z.union([received, z.object({ uploadId: hash, missing: z.array(run).max(packageBytes / leafBytes) })])
export type PlanAnswer = z.infer<typeof planAnswer>

/** `PUT /v1/uploads/{id}/leaves/{from}`: only this echo of the body's SHA-256 means "stored". */
export const leafEcho = z.object({ stored: run, echo: hash })
export type LeafEcho = z.infer<typeof leafEcho>

/** `POST /v1/uploads/{id}/commit`: the receipt (201), or `again` (409): something is missing, plan once more. */
export const commitAnswer = z.union([received, z.object({ again: z.literal(true) })])
export type CommitAnswer = z.infer<typeof commitAnswer>

/**
 * Every refusal: a code of the fault table and what can be done about it.
 * `transient`: try again; `action`: a person must do something; `final`: it stays refused.
 */
export const refusal = z.object({
  refused: z.literal('luong-gia-exchange'),
  kind: z.enum(['transient', 'action', 'final']),
  code: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/).max(80),
  /** What the sentence of the code needs, for example where figures differ. */
  details: z.record(z.string().regex(/^[a-zA-Z]{1,40}$/), z.union([z.string().max(500), z.number()])).optional(),
})
export type Refusal = z.infer<typeof refusal>

/** One line of a recipient's feed: a package that became visible to it. */
export const feedItem = z.object({
  seq: z.number().int().positive(),
  kind: z.literal('package'),
  package: hash,
  size: z.number().int().positive(),
  dossier: z.string(),
  at: isoInstant,
})
/** `GET /v1/feed?after=&wait=`: `next` is the cursor for the following call. */
export const feedAnswer = z.object({ items: z.array(feedItem), next: z.number().int().nonnegative(), more: z.boolean() })
export type FeedAnswer = z.infer<typeof feedAnswer>

/** Parses one JSON answer; null for broken JSON, other shapes, and anything a captive portal may say. */
export const parseAnswer = <T>(schema: z.ZodType<T>, text: string): T | null => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  const parsed = schema.safeParse(value)
  return parsed.success ? parsed.data : null
}
