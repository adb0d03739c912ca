# Completion for the programs of weir: each is asked for its options. bash-completion looks for a file of
# the program's name, and finds a link to this one.

# Words that an argument offers: files, the words of "csv|ndjson", else none.
_weir_argument()
{
	case $1 in
	FILE | *file*) compopt -o default ;;
	*\|*) mapfile -t COMPREPLY < <(compgen -W "${1//[^[:alnum:]_-]/ }" -- "$2") ;;
	esac
}

_weir()
{
	local current=$2 before=$3 operands= letter name argument options=() rows

	rows=$("${1/#\~/$HOME}" --options 2>/dev/null) || return
	# "--name=word" arrives as three words.
	if [[ $current == = ]]; then
		current=
	elif [[ $before == = ]]; then
		before=${COMP_WORDS[COMP_CWORD - 2]}
	fi
	# A tab is white space to read, and two of them would be one.
	while IFS=$'\x1f' read -r letter name argument _; do
		if [[ -z $operands ]]; then
			operands=$name
		elif [[ -n $argument && ($before == "--$name" || $before == -[!-]* && $before == *"$letter") ]]; then
			_weir_argument "$argument" "$current"
			return
		else
			options+=("--$name")
		fi
	done <<<"${rows//$'\t'/$'\x1f'}"
	if [[ $current == -* && " ${COMP_WORDS[*]:0:COMP_CWORD} " != *' -- '* ]]; then
		mapfile -t COMPREPLY < <(compgen -W "${options[*]}" -- "$current")
	else
		_weir_argument "$operands" "$current"
	fi
}

complete -F _weir "${BASH_SOURCE[0]##*/}"
