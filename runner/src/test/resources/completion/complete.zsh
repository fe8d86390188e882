# complete.zsh SCRIPT LINE: loads the completion SCRIPT into an interactive zsh in a pseudo-terminal, types LINE and a tab,
# and prints what the terminal shows until the shell has run the completed line.
zmodload zsh/zpty

# Prints the output of the shell up to the text $1.
until_shown() {
  local shown= part=
  while [[ $shown != *$1* ]]; do
    zpty -r shell part || { print -ru2 -- "the shell ended: $shown"; exit 1 }
    shown+=$part
  done
  print -r -- "$shown"
}

zpty shell zsh -f -i
zpty -w shell "unset zle_bracketed_paste; autoload -Uz compinit; compinit -u -D; source ${(q)1}"
zpty -w shell 'filejob() { print -r -- "arguments<$*>" }; print load""ed'
until_shown loaded >/dev/null
zpty -w -n shell "$2"$'\t\n'
until_shown '>'$'\r\n'
zpty -d shell
