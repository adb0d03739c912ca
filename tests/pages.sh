# The examples of a page, for tests/manual.t and tests/every/manual.sh.
. "$SRC/tests/loops.sh"

# Runs each "$ command" of the EXAMPLES, in order and in one directory, and prints them with what came.
run_examples() {
	awk '
	/^\.Sh / { on = $2 == "EXAMPLES" }
	on && /^\.Bd -literal/ { block = 1; next }
	/^\.Ed/ { block = 0 }
	on && block { sub(/^\\&/, ""); gsub(/\\e/, "\\"); print }' "$1" >examples
	awk '/^\$ / { print substr($0, 3) > ("command." (++n)); more = /\\$/; next }
		more { print > ("command." n); more = /\\$/ }' examples
	for i in $(seq 1 999); do
		[ -e "command.$i" ] || break
		sed '1s/^/$ /' "command.$i"
		sh "./command.$i" 2>&1
	done
}

# examples PAGE: those of the page, and what mandoc says of it.
examples() {
	page=$1 name=${1##*/}
	mkdir -p "run.$name"
	(cd "run.$name" && ln -s "$SRC/datasets" datasets && run_examples "$page" >got)
	[ ! -s "run.$name/examples" ] || same "$name: the examples do what the page says" "run.$name/examples" "run.$name/got"
	if command -v mandoc >/dev/null; then
		ok "$name: mandoc has nothing to say" mandoc -T lint -W warning "$page" </dev/null
	else
		skip "$name: mandoc has nothing to say" 'mandoc is not installed'
	fi
}
