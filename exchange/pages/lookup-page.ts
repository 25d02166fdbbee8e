import { createHash } from 'node:crypto'
import type { ReportStatus } from '../lookup.ts'

export type Language = 'vi' | 'en'

const style = `
:root{color-scheme:light dark;--ink:#1b2430;--soft:#5a6675;--line:#d7dde4;--paper:#fff;--ground:#f4f6f8;--good:#1f7a4d;--old:#9a5b00;--none:#5a6675}
@media (prefers-color-scheme:dark){:root{--ink:#e8edf2;--soft:#a3afbc;--line:#37424e;--paper:#1c232b;--ground:#12171c;--good:#5cc792;--old:#e5a54b;--none:#a3afbc}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
main{max-width:44rem;margin:8vh auto;padding:2rem;background:var(--paper);border:1px solid var(--line);border-radius:12px}
h1{font-size:1.35rem;margin:0 0 .25rem}
p{margin:.5rem 0}
.soft{color:var(--soft)}
.status{font-size:1.15rem;font-weight:600;margin:1.25rem 0 .5rem;padding-left:.8rem;border-left:5px solid currentColor}
.received{color:var(--good)}.superseded{color:var(--old)}.none{color:var(--none)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1.25rem;margin:1rem 0}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
code{font:0.9em/1.4 ui-monospace,SFMono-Regular,Consolas,monospace}
form{display:flex;gap:.5rem;flex-wrap:wrap;margin:1.25rem 0 .5rem}
input{flex:1 1 20rem;min-width:0;padding:.55rem .7rem;border:1px solid var(--line);border-radius:8px;background:transparent;color:inherit;font:inherit}
button{padding:.55rem 1.1rem;border:0;border-radius:8px;background:#1c5fa8;color:#fff;font:inherit;cursor:pointer}
a{color:inherit}
footer{margin-top:1.5rem;padding-top:1rem;border-top:1px solid var(--line);font-size:.9rem}
@media (max-width:48rem){main{margin:0;border-radius:0;border-width:0 0 1px}dl{grid-template-columns:1fr;gap:0 0}dd{margin-bottom:.6rem}}
`

/** Nothing but this one style sheet may load or run; forms lead back here only. */
export const pagePolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`

const words = {
  vi: {
    title: 'Tra cứu báo cáo thẩm định', other: 'English',
    received: 'Báo cáo đã được sàn tiếp nhận', superseded: 'Báo cáo đã có bản thay thế', none: 'Sàn chưa tiếp nhận báo cáo nào có mã này',
    noneHint: 'Mã tra cứu là mã niêm phong in trong báo cáo, hoặc mã SHA-256 của chính tệp PDF đã ký, gồm 64 chữ số và chữ cái. Nếu mã đúng, báo cáo có thể chưa được gửi lên sàn, hoặc tệp đã bị sửa đổi.',
    code: 'Mã tra cứu', issuer: 'Tổ chức phát hành', date: 'Ngày tiếp nhận', newer: 'Bản thay thế',
    ask: 'Mã niêm phong hoặc mã của tệp báo cáo', look: 'Tra cứu', bad: 'Mã tra cứu gồm đúng 64 ký tự 0–9 và a–f.',
    foot: 'Trang này chỉ xác nhận việc tiếp nhận; không hiển thị nội dung của báo cáo.',
  },
  en: {
    title: 'Look up an appraisal report', other: 'Tiếng Việt',
    received: 'The exchange has received this report', superseded: 'This report has been replaced by a newer one', none: 'The exchange has received no report with this code',
    noneHint: 'The code is the seal printed in the report, or the SHA-256 of the signed PDF file itself: 64 digits and letters. If it is right, the report may not have been sent to the exchange, or the file was changed.',
    code: 'Code', issuer: 'Issued by', date: 'Received on', newer: 'Replaced by',
    ask: 'Seal, or code of the report file', look: 'Look up', bad: 'The code has exactly 64 characters, 0–9 and a–f.',
    foot: 'This page confirms only that the report was received; it does not show what it says.',
  },
} as const

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escape = (text: string): string => text.replace(/[&<>"']/g, (letter) => escapes[letter] ?? '')

/** Day in Viet Nam (UTC+7, no summer time). */
const day = (instant: string, language: Language): string => {
  const [year, month, date] = new Date(Date.parse(instant) + 7 * 3_600_000).toISOString().slice(0, 10).split('-')
  return language === 'vi' ? `${date}/${month}/${year}` : `${year}-${month}-${date}`
}

const pathTo = (code: string, language: Language): string => `/tra-cuu/${code}${language === 'en' ? '?lang=en' : ''}`

const frame = (language: Language, otherPath: string, body: string): string => {
  const say = words[language]
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${say.title}</title><style>${style}</style></head>
<body><main>
<h1>${say.title}</h1>
${body}
<footer class="soft"><p>${say.foot}</p><p><a href="${escape(otherPath)}" lang="${language === 'vi' ? 'en' : 'vi'}">${say.other}</a></p></footer>
</main></body>
</html>
`
}

const form = (language: Language, value = ''): string => {
  const say = words[language]
  return `<form action="/tra-cuu" method="get"><input name="ma" aria-label="${say.ask}" placeholder="${say.ask}" value="${escape(value)}" maxlength="100" autocomplete="off" spellcheck="false">${language === 'en' ? '<input type="hidden" name="lang" value="en">' : ''}<button>${say.look}</button></form>`
}

/** Page with the form alone; `wrong` repeats what was typed when it is no code. */
export const askPage = (language: Language, wrong?: string): string =>
  frame(language, language === 'vi' ? '/tra-cuu?lang=en' : '/tra-cuu', `${form(language, wrong)}${wrong === undefined ? '' : `<p role="alert">${words[language].bad}</p>`}`)

/** Page about one report; `null` when the exchange does not know it. */
export const statusPage = (language: Language, code: string, status: ReportStatus | null): string => {
  const say = words[language]
  const other = pathTo(code, language === 'vi' ? 'en' : 'vi')
  const asked = `<dt>${say.code}</dt><dd><code>${escape(code)}</code></dd>`
  if (status === null) return frame(language, other, `<p class="status none">${say.none}</p><dl>${asked}</dl><p>${say.noneHint}</p>${form(language)}`)
  const { supersededBy } = status
  const newer = supersededBy === null ? '' : `<dt>${say.newer}</dt><dd><a href="${pathTo(supersededBy, language)}"><code>${escape(supersededBy)}</code></a></dd>`
  return frame(
    language,
    other,
    `<p class="status ${status.status}">${say[status.status]}</p><dl>${asked}<dt>${say.issuer}</dt><dd>${escape(status.issuer)}</dd><dt>${say.date}</dt><dd>${day(status.receivedAt, language)}</dd>${newer}</dl>${form(language)}`,
  )
}
