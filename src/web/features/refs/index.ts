export { PullRequest } from './PullRequest.tsx';
export { RefField, type RefFieldProps } from './RefField.tsx';
export { subjectOf } from './subject.ts';
