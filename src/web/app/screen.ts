/** What every screen is given: the parts of its address. */
export interface ScreenProps {
  readonly params: Readonly<Record<string, string>>;
}
