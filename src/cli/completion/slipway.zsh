#compdef slipway
# Completion of slipway for zsh. In ~/.zshrc, after compinit: eval "$(slipway completion zsh)"
_slipway() {
  local -a lines candidates
  local line word meaning
  lines=("${(@f)$("${words[1]}" __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  [[ -n "${lines[1]}" ]] || return 1
  if [[ "${lines[1]}" == ":files" ]]; then
    _files
    return
  fi
  for line in "${lines[@]}"; do
    word="${line%%$'\t'*}"
    meaning=""
    [[ "$line" == *$'\t'* ]] && meaning="${line#*$'\t'}"
    candidates+=("${word//:/\\:}:$meaning")
  done
  _describe 'slipway' candidates
}
compdef _slipway slipway
