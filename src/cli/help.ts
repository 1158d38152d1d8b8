// What `fieldseal help` prints. docs/CLI.md says the same at length.

export const usage = `Usage: fieldseal COMMAND [OPTIONS] …

Opens what Fieldseal sealed, without a browser: all it needs is a backup and the
password or recovery key of its vault. It never goes to the network.

  open      print what sealed texts say
  seal      seal a text
  check     say whether a backup is whole and genuine
  show      list what is in a vault: circles, ways to unlock it, documents
  recover   set a new password with the recovery key
  help      say more about a command: fieldseal help open

  --version, -V    print the version
  --help, -h       print this

A backup is a file that the extension's options write. A vault record by itself, as it
lies in the browser's profile (JSON with "header" and "body"), serves as well.

Exit status: 0 all done; 1 something did not open or is damaged; 2 wrong usage;
3 wrong or missing password or recovery key; 4 a file cannot be read or written.
`

const secrets = `The password is asked for on the terminal, also where standard input and output lead
elsewhere, and not shown. It is never taken from an argument or the environment.

  --password-fd N  read it from file descriptor N instead, up to the first line feed
  --recovery       ask for the recovery key in its place
  --recovery-fd N  read the recovery key from file descriptor N
  --shares         ask for the shares that were handed out, one by one
  --shares-fd N    read them from file descriptor N, one a line, up to an empty line
`

export const commandHelp: Readonly<Record<string, string>> = {
  open: `Usage: fieldseal open -b BACKUP [OPTIONS] [TEXT | FILE | -]…

Finds every sealed text in what it is given and prints what it says: one by itself,
several with a line of --- between. Without arguments, and for -, it reads standard input.

Files may be plain text, HTML (a saved page) or mail (.eml, .mbox, .mhtml). Sealed texts are
found in them also where they were wrapped, quoted with >, put into several elements, encoded
as quoted-printable or base64, or strewn with invisible characters. What cannot be opened is
named on standard error, and the rest is opened all the same.

  -b, --backup FILE  the backup whose vault has the keys; - for standard input
  -r, --replace      print all of the input, with the texts opened in it. Of a mail, that is
                     its head and text. Pages come without scripts and without anything
                     from elsewhere, so that a browser can show them beside plain text
      --json         print an array with an object for each text: from, outcome (open,
                     not-for-us, damaged, lost-capitals, cut-off or newer-version), sealed,
                     and where it opened text, sealedAt, site (nowhere, page, here, elsewhere) and
                     key (whose it is)
      --origin SITE  with --json: say of each text whether it was sealed on this site, such as
                     https://example.com (here), on another (elsewhere) or outside any page
      --as KIND      read the input as text, html or mail, whatever it looks like

${secrets}
Examples:
  fieldseal open -b my.fieldseal sealed1000flNFavvc85Msx1tGRYhnoXx6SN…
  fieldseal open -b my.fieldseal letter.eml
  xclip -o | fieldseal open -b my.fieldseal
  fieldseal open -b my.fieldseal --replace page.html >page-opened.html
`,
  seal: `Usage: fieldseal seal -b BACKUP [OPTIONS] <FILE

Seals what comes from standard input, under the newest key of the circle Personal, and prints
the sealed text. One line feed at the end is left off, for it is seldom part of the text.

  -b, --backup FILE  the backup whose vault has the key
      --origin SITE  seal it for this site, such as https://example.com: there it opens by
                     itself. Otherwise it is sealed outside any page
      --exact        keep a line feed at the end

${secrets}
Example:
  echo 'the key is under the mat' | fieldseal seal -b my.fieldseal
`,
  check: `Usage: fieldseal check [OPTIONS] BACKUP

Says, without any password, whether a backup is whole, altered or cut off, when it was made,
how many documents it holds, and which of its lines are damaged.

      --with-password  also ask for the password, and say whether the backup is genuine (all of
                       it was written with the keys of this vault) and everything in it opens
      --json           print it as one object

${secrets}`,
  show: `Usage: fieldseal show [OPTIONS] BACKUP

Lists what the vault holds: what unlocks it, its circles with the dates of their keys, and the
documents of the backup, each with its date, site and first line. It never prints a key.

      --documents  print the texts of the documents, with a line of --- between
      --json       print it as one object; with --documents, the texts too

${secrets}`,
  recover: `Usage: fieldseal recover -o NEWFILE [OPTIONS] BACKUP

Asks for the recovery key, then twice for a new password, and writes a new backup that this
password opens. The old file stays as it is, and the old password goes on opening it.

  -o, --output NEWFILE  the file to write. It is written whole or not at all, for you alone to
                        read, and takes the place of another file with --force only
  -f, --force           replace NEWFILE
      --recovery-fd N   read the recovery key from file descriptor N, up to the first line feed
      --password-fd N   read the new password from file descriptor N; from the same one, it is
                        the line after the recovery key
      --shares          ask for the shares that were handed out, in place of the recovery key
      --shares-fd N     read them from file descriptor N, one a line, up to an empty line

A mistyped recovery key is noticed before anything is tried, and the group to look at is named.
`,
  help: `Usage: fieldseal help [COMMAND]
`,
}
