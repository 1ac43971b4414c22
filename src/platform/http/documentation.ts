import type { FastifyInstance } from 'fastify';
import type { Router } from './router.ts';

export function registerDocumentation(_server: FastifyInstance, _router: Router, _publicUrl: string): void {}
