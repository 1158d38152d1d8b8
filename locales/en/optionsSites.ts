// The options’ sections on sites, and on fields that are always sealed.

export const optionsSites = {
  heading: 'Sites',
  none: 'Fieldseal is switched on nowhere. Open it in the toolbar on a site, and use the switch there.',
  noneOwn: 'No site has settings of its own.',
  listed: 'Fieldseal is on at these sites. It sees no other pages, unless you ask it to on the spot.',
  /** The same where Fieldseal is on everywhere. The words in quotes are `all.label`. */
  listedOwn: 'These have settings of their own, or were switched on one by one and stay on without “On all sites”.',
  whatIsSite: 'A site is a host with all its ports.',
  stateEverywhere: 'on, as on all sites',
  stateExcepted: 'off here',
  stateOff: 'off: the browser does not let Fieldseal in',
  /** What stands for the name of a site where it is more than one. */
  nameAll: 'all sites',
  nameAllHttps: 'all https sites',
  nameAllHttp: 'all http sites',
  nameBelow: '{host} and all below it',
  switchOn: 'Switch on',
  switchedOn: 'Fieldseal is on at {site} again.',
  remove: 'Remove',
  removed: 'Fieldseal is off on {site}.',
  /** The same where Fieldseal is on everywhere. */
  removedOwn: '{site} is off the list. Fieldseal is on there as on all sites.',
  settings: 'Settings',
  /** For screen readers, in place of the above. */
  settingsFor: 'Settings for {site}',
  openByItself: 'Open texts automatically',
  showButton: 'Show the button',
  all: {
    label: 'On all sites',
    onHint: 'Fieldseal’s script runs on every page you visit. To leave a site out, use the switch in the popup there.',
    offHint: 'You need not switch sites on one by one then. Please read what it means first.',
    on: 'Fieldseal is on at all sites.',
    refused: 'Not allowed, so nothing was changed.',
    off: 'Fieldseal is no longer on at all sites.',
    /** Of the sites that were switched on one by one. */
    offKept: 'Those you switched on one by one stay on.',
    offLost: 'The browser also took those away that you switched on one by one: switch them on again in the popup.',
    means: 'What it means',
    meansWarning:
      'The browser will say that Fieldseal can “read and change all your data on all websites”, in these or like words. It says so of any extension that may run everywhere.',
    meansScript:
      'Fieldseal’s script then runs on every page, with all that stands in it before it: it looks for sealed texts and for the field you are in. It keeps none of it and sends nothing anywhere: Fieldseal has no network.',
    meansVisible: 'Every site you visit could find out that you use Fieldseal, not only those where you do.',
    meansUndo:
      'To undo it, switch it off here, or take the permission away in the browser’s own settings for extensions. It ends at once, in open pages too.',
  },
  alwaysSealed: {
    heading: 'Always sealed fields',
    none: 'None. On a site that is on, click into a field, open the small button’s menu, and choose “Always seal this field”. Clicking it then opens Fieldseal’s own window, and only the sealed text goes into the page.',
    unreadable: {
      one: 'One mark can’t be read, so Fieldseal doesn’t know which fields to guard. Mark those fields again before you write in them.',
      other:
        '{n} marks can’t be read, so Fieldseal doesn’t know which fields to guard. Mark those fields again before you write in them.',
    },
    forget: 'Forget what can’t be read',
    forgotten: 'They are gone.',
    /** The field by what it is called on its page. */
    field: '“{label}”',
    unnamed: 'A field without a name',
    every: 'Every field: which one was marked can’t be read',
    details: '{host} · since {day}',
    detailsUnguarded: '{host} · since {day} · not guarded now: Fieldseal is off there',
    remove: 'Remove',
    removed: 'The field on {host} is an ordinary one again.',
  },
} as const
