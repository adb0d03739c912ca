# Completion for the programs of weir: each is asked for its options. fish looks for a file of the
# program's name, and finds a link to this one.

# What completes an argument: files, the words of "csv|ndjson", else nothing.
function __weir_offer
	switch $argv[1]
		case FILE '*file*'
			printf '%s\n' --force-files
		case '*|*'
			printf '%s\n' --no-files --arguments (string replace -ra '[^[:alnum:]_-]+' ' ' -- $argv[1])
		case '*'
			printf '%s\n' --no-files
	end
end

function __weir_complete
	command -q $argv[1]
	and set -l rows ($argv[1] --options 2>/dev/null)
	or return
	complete -c $argv[1] (__weir_offer (string split \t -- $rows[1])[2])
	for row in $rows[2..]
		set -l column (string split \t -- $row)
		set -l option -l $column[2] -d $column[4]
		test $column[1] = -
		or set -a option -s $column[1]
		test -z $column[3]
		or set -a option --require-parameter (__weir_offer $column[3])
		complete -c $argv[1] $option
	end
end

__weir_complete (string replace -r '.*/(.*)\.fish$' '$1' -- (status filename))
