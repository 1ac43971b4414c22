# Completion of slipway for fish. In ~/.config/fish/config.fish: slipway completion fish | source
function __slipway_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l lines ($words[1] __complete -- $words[2..-1] 2>/dev/null)
  if test "$lines[1]" = ":files"
    __fish_complete_path (commandline -ct)
  else if test (count $lines) -gt 0
    printf '%s\n' $lines
  end
end
complete -c slipway -f -a '(__slipway_complete)'
