import { flush } from '../platform/flush.ts';
import { runCli } from './runCli.ts';

const code = await runCli(process, process.argv.slice(2));
await flush(process.stdout, process.stderr);
// Connections that are kept open for more requests must not keep the program.
process.exit(code);
