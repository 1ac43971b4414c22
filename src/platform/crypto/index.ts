export { loadSecretKey, type SecretKeySource } from './loadSecretKey.ts';
export {
  maxPasswordBytes,
  type PasswordHasher,
  type PasswordHasherOptions,
  passwordHasher,
} from './passwords.ts';
export { type SecretBox, secretBox } from './secretBox.ts';
export { parseSecretKey, type SecretKey } from './secretKey.ts';
export { constantTimeEqual, hashToken, isTokenShaped, type NewToken, newToken } from './tokens.ts';
