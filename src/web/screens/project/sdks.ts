/** How an SDK is given a DSN: installed by one command, and initialised as early as possible by a few lines. */
export interface Sdk {
  readonly id: string;
  readonly name: string;
  /** The command, or the line of a build file, that installs it. */
  readonly install: string;
  /** Where the code belongs. */
  readonly place: string;
  readonly code: (dsn: string) => string;
  /** What has to be known besides. */
  readonly note?: string;
  /** First words of the platforms that it is for, such as `node` of `node-express`. */
  readonly platforms: readonly string[];
}

/** The SDKs of Sentry's protocol, by what people look for: from https://docs.sentry.io/platforms/. */
export const sdks: readonly [Sdk, ...Sdk[]] = [
  {
    id: 'browser',
    name: 'JavaScript (browser)',
    install: 'npm install @sentry/browser',
    place: 'The first import of your page',
    platforms: ['javascript', 'browser', 'react', 'vue', 'svelte', 'angular'],
    code: (dsn) => `import * as Sentry from "@sentry/browser";

Sentry.init({
  dsn: "${dsn}",
});`,
    note: 'With React, Vue, Svelte or Angular take the package of that name instead (@sentry/react, …); the code is the same.',
  },
  {
    id: 'node',
    name: 'Node.js',
    install: 'npm install @sentry/node',
    place: 'instrument.mjs, a file of its own',
    platforms: ['node', 'nodejs', 'express', 'nestjs'],
    code: (dsn) => `import * as Sentry from "@sentry/node";

Sentry.init({
  dsn: "${dsn}",
});`,
    note: 'Start with: node --import ./instrument.mjs app.mjs',
  },
  {
    id: 'python',
    name: 'Python',
    install: 'pip install --upgrade sentry-sdk',
    place: 'Before your application is made',
    platforms: ['python', 'django', 'flask', 'fastapi'],
    code: (dsn) => `import sentry_sdk

sentry_sdk.init(
    dsn="${dsn}",
)`,
    note: 'Django, Flask, FastAPI, Celery and others are found by themselves.',
  },
  {
    id: 'go',
    name: 'Go',
    install: 'go get github.com/getsentry/sentry-go',
    place: 'The begin of main',
    platforms: ['go', 'golang'],
    code: (dsn) => `package main

import (
	"log"
	"time"

	"github.com/getsentry/sentry-go"
)

func main() {
	err := sentry.Init(sentry.ClientOptions{
		Dsn: "${dsn}",
	})
	if err != nil {
		log.Fatalf("sentry.Init: %s", err)
	}
	// Sends what waits before the program ends.
	defer sentry.Flush(2 * time.Second)
}`,
  },
  {
    id: 'ruby',
    name: 'Ruby',
    install: 'bundle add sentry-ruby',
    place: 'config/initializers/sentry.rb, or the begin of your program',
    platforms: ['ruby', 'rails', 'rack', 'sinatra'],
    code: (dsn) => `require "sentry-ruby"

Sentry.init do |config|
  config.dsn = "${dsn}"
end`,
    note: 'With Rails add sentry-rails too; the line require is not needed there.',
  },
  {
    id: 'php',
    name: 'PHP',
    install: 'composer require sentry/sentry',
    place: 'After the autoloader, before anything else',
    platforms: ['php', 'laravel', 'symfony', 'wordpress'],
    code: (dsn) => `require __DIR__ . '/vendor/autoload.php';

\\Sentry\\init([
    'dsn' => '${dsn}',
]);`,
    note: 'Laravel and Symfony have packages of their own: sentry/sentry-laravel, sentry/sentry-symfony.',
  },
  {
    id: 'java',
    name: 'Java',
    install: 'implementation("io.sentry:sentry:8.+")',
    place: 'The begin of main',
    platforms: ['java', 'kotlin', 'scala', 'spring'],
    code: (dsn) => `import io.sentry.Sentry;

public class Main {
  public static void main(String[] args) {
    Sentry.init(options -> {
      options.setDsn("${dsn}");
    });
  }
}`,
    note: 'The first line belongs to build.gradle.kts. With Maven: group io.sentry, artifact sentry.',
  },
  {
    id: 'dotnet',
    name: '.NET',
    install: 'dotnet add package Sentry',
    place: 'The first statement of Program.cs',
    platforms: ['dotnet', 'csharp', 'fsharp', 'aspnetcore', 'net'],
    code: (dsn) => `using Sentry;

using var sentry = SentrySdk.Init(options =>
{
    options.Dsn = "${dsn}";
});`,
    note: 'With ASP.NET Core: dotnet add package Sentry.AspNetCore, and builder.WebHost.UseSentry with the same options.',
  },
  {
    id: 'rust',
    name: 'Rust',
    install: 'cargo add sentry',
    place: 'The begin of main, before an async runtime starts',
    platforms: ['rust', 'actix', 'axum'],
    code: (dsn) => `fn main() {
    // Sends what waits when it is dropped: it must live as long as the program.
    let _guard = sentry::init((
        "${dsn}",
        sentry::ClientOptions {
            release: sentry::release_name!(),
            ..Default::default()
        },
    ));
}`,
  },
];

/** The SDK for what a project is written in: by the first word of its platform; the first one when that says nothing. */
export function sdkFor(platform: string | null): Sdk {
  const words = (platform ?? '').toLowerCase().split(/[^a-z]+/);
  return sdks.find((sdk) => words.some((word) => sdk.platforms.includes(word))) ?? sdks[0];
}

/** The lines that initialise an SDK with this DSN, for any quotes that they stand in. */
export const initCode = (sdk: Sdk, dsn: string): string =>
  sdk.code(dsn.replaceAll("'", '%27').replaceAll('"', '%22').replaceAll('\\', '%5C').replaceAll('$', '%24'));
