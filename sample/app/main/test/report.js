/** A line for each test, and below it what went wrong. */
export default async function* report(events) {
  for await (const { type, data } of events) {
    if (type === 'test:pass') yield `✔ ${data.name}\n`;
    if (type === 'test:fail') yield `✖ ${data.name}\n${reason(data.details.error)}\n`;
    if (type === 'test:stderr') yield data.message;
  }
}

const reason = (error) => (error.cause?.message ?? error.message).trim().replace(/^/gm, '    ');
