// Who may import what: the table of docs/decisions/0001, as rules. Type imports count. Each rule has a
// planted violation in test/architecture/import-bounds.test.ts, because a rule whose pattern matches
// nothing looks exactly like a rule that is kept.

const service = '^electron/service';
const serviceFolders = [
  'platform',
  'serial',
  'simulation',
  'drivers',
  'demo',
  'acquisition',
  'session',
  'staff',
  'store',
  'recorder',
  'projection',
  'export',
  'sync',
  'api',
  'entry',
];

/** A service folder may import itself, `allowed` folders and `shared/`; any other folder of the service is out of bounds. */
function serviceFolder(folder, allowed, extra = {}) {
  const others = serviceFolders.filter((name) => name !== folder && !allowed.includes(name));
  return {
    name: `service-${folder}`,
    comment: `${folder}/ may import ${['shared/', ...allowed.map((name) => `${name}/`)].join(', ')} and nothing else of the service.`,
    severity: 'error',
    from: { path: `${service}/${folder}/` },
    to: { path: `${service}/(${others.join('|')})/|${service}/[^/]+\\.ts$`, ...extra },
  };
}

/** A stage of session/ may import itself and the stages before it. */
function sessionStage(stage, later) {
  return {
    name: `session-${stage}`,
    comment: `session/${stage}/ is read by ${later.map((name) => `${name}/`).join(', ')} and reads none of them.`,
    severity: 'error',
    from: { path: `${service}/session/${stage}/` },
    to: { path: `${service}/session/(${later.join('|')})/` },
  };
}

/** Only these files may import a package. */
function onlyImporter(packageName, fromPath, comment) {
  return {
    name: `only-importer-of-${packageName.replaceAll('/', '-')}`,
    comment,
    severity: 'error',
    from: { pathNot: fromPath },
    to: { path: `^node_modules/${packageName}/|^${packageName}$` },
  };
}

const forbidden = [
  {
    name: 'no-cycle',
    comment: 'Two modules that import each other are one module with two names.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-unresolvable',
    comment: 'An import that leads nowhere fails only when it runs.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'nothing-imports-tests',
    comment: 'What ships must not lean on what tests it.',
    severity: 'error',
    from: { pathNot: '^test/' },
    to: { path: '^test/' },
  },
  {
    name: 'no-helper-names',
    comment: 'Names are for the thing, never for helping.',
    severity: 'error',
    from: {},
    to: { path: '/(utils?|helpers?|common|misc|lib)(/|\\.)', pathNot: '^node_modules/' },
  },

  // shared/
  {
    name: 'shared-is-pure',
    comment: 'shared/ is loaded by the page and the service alike: itself, resources/ and zod, and the contract package in contract/.',
    severity: 'error',
    from: { path: '^shared/' },
    to: { pathNot: '^(shared/|resources/|node_modules/zod/|node_modules/@orpc/)' },
  },
  {
    name: 'contract-package-only-in-contract',
    comment: 'The contract package describes calls; values and clinical rules do not know that there are any.',
    severity: 'error',
    from: { path: '^shared/', pathNot: '^shared/contract/' },
    to: { path: '^node_modules/@orpc/' },
  },
  {
    name: 'contract-is-only-a-contract',
    comment: 'Of oRPC, shared/ may use the contract and neither end of it.',
    severity: 'error',
    from: { path: '^shared/' },
    to: { path: '^node_modules/@orpc/', pathNot: '^node_modules/@orpc/contract/' },
  },

  // The desktop shell
  {
    name: 'main-is-thin',
    comment: 'The main process imports Electron, Node and shared/. The room service is forked by its path.',
    severity: 'error',
    from: { path: '^electron/main/' },
    to: {
      pathNot: '^(electron/main/|shared/|node_modules/(electron|zod)/|electron$)',
      dependencyTypesNot: ['core'],
    },
  },
  {
    name: 'preload-is-a-doorway',
    comment: 'The preload imports Electron and the shell contract and nothing else, least of all Node.',
    severity: 'error',
    from: { path: '^electron/preload/' },
    to: { pathNot: '^(electron/preload/|shared/shell/|node_modules/electron/|electron$)' },
  },

  // The room service
  {
    name: 'service-knows-no-shell',
    comment: 'The same service runs under both shells, so it can know neither.',
    severity: 'error',
    from: { path: `${service}/` },
    to: { path: '^(electron/(main|preload|cli|setup)|renderer)/' },
  },
  {
    name: 'service-pure-folders',
    comment: 'Drivers, the simulated patient and session rules are pure: no Node, no packages.',
    severity: 'error',
    from: { path: `${service}/(simulation|drivers|session)/` },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'service-pure-folders-no-packages',
    comment: 'Drivers, the simulated patient and session rules are pure: no Node, no packages.',
    severity: 'error',
    from: { path: `${service}/(simulation|drivers|session)/` },
    to: { path: '^node_modules/', pathNot: '^node_modules/zod/' },
  },
  serviceFolder('platform', []),
  serviceFolder('serial', ['platform']),
  serviceFolder('simulation', ['platform']),
  serviceFolder('drivers', ['platform', 'simulation']),
  {
    name: 'drivers-stand-alone',
    comment: 'A driver is a folder: what two drivers need stands beside them in drivers/.',
    severity: 'error',
    from: { path: `${service}/drivers/([^/]+)/` },
    to: { path: `${service}/drivers/[^/]+/`, pathNot: `${service}/drivers/$1/` },
  },
  {
    name: 'drivers-by-their-directory',
    comment: 'Whoever reads monitors finds a driver by its id and asks it what it can do; none is known by its name.',
    severity: 'error',
    from: { path: '^(electron|renderer)/', pathNot: `${service}/drivers/` },
    to: { path: `${service}/drivers/[^/]+/` },
  },
  {
    name: 'decoders-know-no-simulator',
    comment: 'What reads a monitor knows nothing of the simulated one; only a driver as a whole names its simulator.',
    severity: 'error',
    from: { path: `${service}/drivers/`, pathNot: '/(driver|simulator[a-z-]*)\\.ts$' },
    to: { path: `${service}/(simulation|drivers/[^/]+/simulator)` },
  },
  serviceFolder('session', ['platform']),
  // What happened ◄ how it stands ◄ what that answers ◄ what may be done about it; the room's own log has both of the last.
  sessionStage('events', ['state', 'questions', 'decide', 'room']),
  sessionStage('state', ['questions', 'decide', 'room']),
  sessionStage('questions', ['decide', 'room']),
  sessionStage('decide', ['room']),
  serviceFolder('staff', ['platform', 'session']),
  serviceFolder('store', ['platform', 'session', 'staff']),
  {
    name: 'store-knows-events-only',
    comment: 'The store keeps events and does not judge them: of session/ and staff/ it may import the event types.',
    severity: 'error',
    from: { path: `${service}/store/` },
    to: { path: `${service}/(session|staff)/`, pathNot: `${service}/(session/events|staff)/[a-z-]*event[a-z-]*\\.ts$` },
  },
  serviceFolder('acquisition', ['platform', 'serial', 'drivers', 'session']),
  serviceFolder('recorder', ['platform', 'session', 'staff', 'store']),
  serviceFolder('projection', ['platform', 'session', 'staff', 'store']),
  serviceFolder('export', ['platform', 'session', 'staff', 'store', 'projection']),
  {
    name: 'record-knows-no-board',
    comment: 'What is signed and printed is written from the state of the session: a word that changes on a screen changes no record.',
    severity: 'error',
    from: { path: `${service}/export/` },
    to: {
      path: `^shared/contract/(board|session-view)/|${service}/projection/`,
      pathNot: `^shared/contract/session-view/entry-standing\\.ts$|${service}/projection/(session-readings|drug-log)\\.ts$`,
    },
  },
  serviceFolder('sync', ['platform', 'session', 'staff', 'store', 'projection', 'export']),
  serviceFolder('api', ['platform', 'session', 'staff', 'recorder', 'projection', 'acquisition', 'export', 'sync']),
  {
    name: 'entry-is-the-end',
    comment: 'An entry point starts the service; only the command that serves the browser shell starts one by import.',
    severity: 'error',
    from: { path: '^(electron|shared|renderer)/', pathNot: `${service}/entry/|^electron/cli/` },
    to: { path: `${service}/entry/` },
  },
  onlyImporter(
    'better-sqlite3',
    `${service}/store/database\\.ts$|^test/`,
    'Only store/database.ts opens SQLite: the pragmas are set and read back there.',
  ),
  onlyImporter(
    'serialport',
    `${service}/serial/serialport-ports\\.ts$|^test/`,
    'Only serial/serialport-ports.ts knows the serial package.',
  ),
  onlyImporter(
    '@serialport',
    `${service}/serial/serialport-ports\\.ts$|^test/`,
    'Only serial/serialport-ports.ts knows the serial package.',
  ),
  onlyImporter(
    'pg',
    `${service}/sync/hub/hub-connection\\.ts$|^test/`,
    'Only sync/hub/hub-connection.ts knows the PostgreSQL package: whom a connection trusts is settled there.',
  ),
  onlyImporter('electron', '^electron/(main|preload)/|^test/', 'Only the desktop shell knows Electron.'),

  // The command
  {
    name: 'cli-serves-no-window',
    comment: 'The vigil command uses the service; the desktop shell and the page are built without it.',
    severity: 'error',
    from: { path: '^electron/cli/' },
    to: { path: '^(electron/(main|preload|setup)|renderer)/' },
  },

  // The page
  {
    name: 'page-knows-only-the-contract',
    comment: 'The page meets the service at the contract and nowhere else, and runs without Node.',
    severity: 'error',
    from: { path: '^renderer/' },
    to: { path: '^electron/' },
  },
  {
    name: 'page-without-node',
    comment: 'The page runs in a browser.',
    severity: 'error',
    from: { path: '^renderer/' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'places-are-on-top',
    comment: 'A place is what an address shows: the page draws it, and nothing that stands in it knows it.',
    severity: 'error',
    from: { path: '^renderer/', pathNot: '^renderer/(places/|app\\.tsx$)' },
    to: { path: '^renderer/places/' },
  },
  {
    name: 'screens-stand-alone',
    comment: 'What two screens open is a sheet, and what two screens are made of is a component.',
    severity: 'error',
    from: { path: '^renderer/screens/([^/]+)/' },
    to: { path: '^renderer/screens/[^/]+/', pathNot: '^renderer/screens/$1/' },
  },
  {
    name: 'sheets-know-no-screen',
    comment: 'Several places open a sheet: it is told what it is about, and does not know where it stands.',
    severity: 'error',
    from: { path: '^renderer/sheets/' },
    to: { path: '^renderer/screens/' },
  },
  {
    name: 'components-are-below',
    comment: 'Components, live state and connection are used by screens and sheets and do not know them.',
    severity: 'error',
    from: { path: '^renderer/(components|live|connection|format|text|styles)/' },
    to: { path: '^renderer/(screens|sheets)/' },
  },
  {
    name: 'live-state-draws-nothing',
    comment: 'Live state and connection are below what draws them.',
    severity: 'error',
    from: { path: '^renderer/(live|connection|format|text)/' },
    to: { path: '^renderer/components/' },
  },
];

module.exports = {
  forbidden,
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // The planted trees of the tests borrow node_modules by a link.
    preserveSymlinks: true,
    exclude: { path: '\\.(module\\.css|css|svg|woff2|html)$' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'node', 'default'] },
  },
};
