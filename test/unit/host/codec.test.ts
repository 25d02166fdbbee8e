import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeArgs, decodeReply, encodeArgs, encodeReply, maxText } from '../../../shared/host/codec.ts'
import { err, ok } from '../../../shared/kernel/result.ts'

describe('codec', () => {
  it('carries every JSON value there and back', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      expect(decodeArgs(encodeArgs(value))).toEqual(ok(JSON.parse(JSON.stringify(value))))
      expect(decodeReply(encodeReply(ok(value)))).toEqual(ok(JSON.parse(JSON.stringify(value))))
    }))
  })

  it('carries faults with their details', () => {
    expect(decodeReply(encodeReply(err('disk-full')))).toEqual(err('disk-full'))
    expect(decodeReply(encodeReply(err('port-taken', { port: 17 })))).toEqual(err('port-taken', { port: 17 }))
  })

  it.each([
    ['', 'no text'], ['{', 'cut off'], ['null', 'no object'], ['[]', 'a list'], ['"ok"', 'a text'], ['{}', 'no verdict'], ['{"ok":1,"value":1}', 'a verdict that is no truth value'],
    ['{"ok":false}', 'no fault'], ['{"ok":false,"fault":"x"}', 'a fault that is no object'], ['{"ok":false,"fault":{"code":"no-such-code"}}', 'an unknown code'],
    ['{"ok":false,"fault":{"code":"constructor"}}', 'a name every object has'], ['{"ok":false,"fault":{"code":"__proto__"}}', 'the prototype'],
    ['{"ok":false,"fault":{"code":"disk-full","details":[1]}}', 'details as a list'], ['{"ok":false,"fault":{"code":"disk-full","details":{"a":{}}}}', 'nested details'],
    ['<html>login</html>', 'a page of a hotel network'],
  ])('takes %j for no answer (%s)', (text) => {
    expect(decodeReply(text)).toBeNull()
  })

  it('never throws on any text', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      decodeReply(text)
      decodeArgs(text)
    }))
  })

  it('refuses a text beyond the limit before reading it', () => {
    expect(decodeArgs(`"${'a'.repeat(maxText)}"`)).toEqual(err('bad-request'))
    expect(decodeArgs(`"${'a'.repeat(maxText - 2)}"`).ok).toBe(true)
  })
})
