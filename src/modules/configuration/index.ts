export { describeSteps } from './describeSteps.ts';
export { type ParseResult, parseConfiguration } from './parseConfiguration.ts';
export { affectsApp, type PathMatcher, pathMatcher } from './paths.ts';
export { formatProblem, type Problem } from './problem.ts';
export { maxFileBytes } from './readDocument.ts';
export { type Transport, transportOf } from './repositoryUrl.ts';
export { resolveEnvironment } from './resolveEnvironment.ts';
