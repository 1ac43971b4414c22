/** What a newcomer needs to know of all operations. Paragraphs; `**bold**` and `` `code` `` are all its markup. */
export const overview = `
Everything that the web pages and the \`slipway\` command do, they do through this API. Requests and answers are JSON; moments are ISO 8601 in UTC; a property or parameter that is not described here is refused.

**Signing in.** Send an API token as \`Authorization: Bearer slp_…\`; \`slipway token create NAME\` makes one. A browser signs in with \`POST /session\` and then sends the cookie, and with every request that changes something the header \`X-CSRF-Token\`. A token may do what its user's role allows and its scopes name: \`read\` looks, \`deploy\` acts, \`admin\` administers.

**Problems.** A request that fails is answered with \`application/problem+json\` (RFC 9457). \`code\` is for programs and \`detail\` for people: what happened, where, and what to do next. \`request_id\` finds it in the log.

**Doing it once.** An operation that takes an \`Idempotency-Key\` may be sent again when its answer was lost: the same key and request within a day get the first answer.

**Pages.** A list answers \`items\` and \`next_cursor\`; send that as \`cursor\` for the next page, until it is null.

**Streams.** Server-sent events carry ids. After a broken connection send the last one as \`Last-Event-ID\`: nothing is missed.
`.trim();
