export { loadSecretKey, type SecretKeySource } from './loadSecretKey.ts';
export {
  maxPasswordBytes,
  type PasswordHasher,
  type PasswordHasherOptions,
  passwordHasher,
} from './passwordHasher.ts';
export { type SecretBox, secretBox } from './secretBox.ts';
export { parseSecretKey, type SecretKey, secretKeyFromEnvironment } from './secretKey.ts';
export { equalInConstantTime, hashToken, isTokenShaped, type NewToken, newToken } from './tokens.ts';
