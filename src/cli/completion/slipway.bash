# Completion of slipway for bash. In ~/.bashrc: eval "$(slipway completion bash)"
_slipway() {
  local line="${COMP_LINE:0:COMP_POINT}" words candidates candidate word current
  # Read anew: bash splits COMP_WORDS at colons too.
  read -ra words <<<"$line"
  [[ "$line" == *[[:space:]] ]] && words+=("")
  current="${words[${#words[@]} - 1]}"
  COMPREPLY=()
  mapfile -t candidates < <("${words[0]}" __complete -- "${words[@]:1}" 2>/dev/null)
  if [[ "${candidates[0]:-}" == ":files" ]]; then
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
    compopt -o filenames 2>/dev/null
    return
  fi
  for candidate in "${candidates[@]}"; do
    word="${candidate%%$'\t'*}"
    # What stands before the last colon stays as it is.
    [[ "$current" == *:* && "$COMP_WORDBREAKS" == *:* ]] && word="${word#"${current%"${current##*:}"}"}"
    COMPREPLY+=("$word")
  done
}
complete -F _slipway slipway
