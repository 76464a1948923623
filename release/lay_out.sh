# Sourced: the files that go beside the program everywhere, into the folder $1.

lay_out_texts() {
  install -d "$1"
  install -m 644 LICENSE release/notices.txt docs/panduan.md CHANGELOG.md "$1"
  mv "$1/notices.txt" "$1/THIRD-PARTY-NOTICES.txt"
}

# Gives every file below $1 the time of the commit.
settle_times() {
  find "$1" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
}
