import { runCli } from './runCli.ts';

// Connections that are kept open for more requests must not keep the program.
process.exit(await runCli(process, process.argv.slice(2)));
