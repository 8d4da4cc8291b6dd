import { Hero } from '../components/Hero.tsx';

export function HomePage() {
  return <Hero />;
}
