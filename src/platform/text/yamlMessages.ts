import type { ErrorCode } from 'yaml';

/** What is wrong in a YAML text, in own words: the parser's repeat parts of the file, and those may be secret. */
export const yamlMessages: Record<ErrorCode, string> = {
  ALIAS_PROPS: 'an alias (`*name`) cannot have an anchor or a tag',
  BAD_ALIAS: 'this is no name for an anchor or an alias; quote a text that starts with `&` or `*`',
  BAD_COLLECTION_TYPE: 'this tag does not fit its value; remove it',
  BAD_DIRECTIVE: 'unknown directive; remove the line that starts with `%`',
  BAD_DQ_ESCAPE: 'unknown escape in double quotes; write `\\\\` for a backslash, or use single quotes',
  BAD_INDENT: 'the indentation does not fit the lines around it',
  BAD_PROP_ORDER: 'an anchor or a tag must stand directly before its value',
  BAD_SCALAR_START: 'a text that starts with this character needs quotes',
  BLOCK_AS_IMPLICIT_KEY:
    'a value cannot be a mapping on the same line; a text that contains `: ` needs quotes',
  BLOCK_IN_FLOW: 'lines with `-` or `key:` cannot stand within brackets or braces',
  DUPLICATE_KEY: 'duplicate key',
  IMPOSSIBLE: 'this is not YAML',
  KEY_OVER_1024_CHARS: 'a key has more than 1024 characters',
  MISSING_CHAR:
    'a character is missing before this: a closing quote (its opening one may be further up), a bracket or brace, ' +
    'a comma, or a `:` after a key',
  MULTILINE_IMPLICIT_KEY: 'a key must stand on one line; is a `:` missing, or a quote not closed?',
  MULTIPLE_ANCHORS: 'a value can have one anchor only',
  MULTIPLE_DOCS: 'a second document starts here; a file holds one',
  MULTIPLE_TAGS: 'a value can have one tag only',
  NON_STRING_KEY: 'a key must be a plain word',
  RESOURCE_EXHAUSTION: 'nested too deeply',
  TAB_AS_INDENT: 'a tab cannot indent; use spaces',
  TAG_RESOLVE_FAILED: 'this tag (`!…`) is not known; quote a text that starts with `!`',
  UNEXPECTED_TOKEN: 'this does not belong here; a text with `{ } [ ] , # : & * !` in it may need quotes',
};
