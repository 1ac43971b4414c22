/** The smallest file that ships something. Every name in it is an example. */
export const smallestFile = `repositories:
  harbor:
    url: https://git.example.com/acme/harbor.git

apps:
  harbor:
    repository: harbor
    team: web
    steps:
      - name: Release
        run: ./bin/release
    environments:
      staging:
      production:
`;
