/** A country of the demo data with the cities in which its customers live. */
export interface Place {
  readonly iso: string
  readonly country: string
  readonly subregion: string
  readonly region: string
  /** How many customers live there, relative to the other countries. */
  readonly weight: number
  /** City and its state or province. */
  readonly cities: readonly (readonly [city: string, state: string])[]
}

type City = readonly [city: string, state: string]

function place(
  iso: string,
  country: string,
  subregion: string,
  region: string,
  weight: number,
  ...cities: City[]
): Place {
  return { iso, country, subregion, region, weight, cities }
}

export const places: readonly Place[] = [
  place(
    'US',
    'United States of America',
    'Northern America',
    'Americas',
    16,
    ['Seattle', 'Washington'],
    ['Denver', 'Colorado'],
    ['Austin', 'Texas'],
    ['Los Angeles', 'California'],
    ['Boston', 'Massachusetts'],
    ['San Francisco', 'California'],
  ),
  place(
    'CA',
    'Canada',
    'Northern America',
    'Americas',
    6,
    ['Toronto', 'Ontario'],
    ['Vancouver', 'British Columbia'],
    ['Montreal', 'Quebec'],
  ),
  place('MX', 'Mexico', 'Latin America', 'Americas', 4, ['Guadalajara', 'Jalisco'], ['Monterrey', 'Nuevo Leon']),
  place('BR', 'Brazil', 'Latin America', 'Americas', 5, ['Campinas', 'Sao Paulo'], ['Salvador', 'Bahia']),
  place('AR', 'Argentina', 'Latin America', 'Americas', 3, ['Rosario', 'Santa Fe'], ['Mendoza', 'Cuyo']),
  place('CL', 'Chile', 'Latin America', 'Americas', 2, ['Valparaiso', 'Aconcagua'], ['Temuco', 'Araucania']),
  place(
    'DE',
    'Germany',
    'Western Europe',
    'Europe',
    8,
    ['Munich', 'Bavaria'],
    ['Cologne', 'North Rhine-Westphalia'],
    ['Leipzig', 'Saxony'],
    ['Stuttgart', 'Baden-Wuerttemberg'],
  ),
  place(
    'GB',
    'United Kingdom',
    'Western Europe',
    'Europe',
    8,
    ['London', 'England'],
    ['Edinburgh', 'Scotland'],
    ['Cardiff', 'Wales'],
    ['Leeds', 'England'],
  ),
  place(
    'FR',
    'France',
    'Western Europe',
    'Europe',
    6,
    ['Lyon', 'Rhone'],
    ['Nantes', 'Loire'],
    ['Toulouse', 'Occitanie'],
  ),
  place('IT', 'Italy', 'Southern Europe', 'Europe', 5, ['Turin', 'Piedmont'], ['Bologna', 'Emilia-Romagna']),
  place('ES', 'Spain', 'Southern Europe', 'Europe', 5, ['Valencia', 'Comunidad Valenciana'], ['Seville', 'Andalusia']),
  place('PT', 'Portugal', 'Southern Europe', 'Europe', 2, ['Porto', 'Norte'], ['Faro', 'Algarve']),
  place('NL', 'Netherlands', 'Western Europe', 'Europe', 4, ['Utrecht', 'Utrecht'], ['Eindhoven', 'North Brabant']),
  place('CH', 'Switzerland', 'Western Europe', 'Europe', 3, ['Zurich', 'Zurich'], ['Lausanne', 'Vaud']),
  place('SE', 'Sweden', 'Northern Europe', 'Europe', 3, ['Uppsala', 'Uppland'], ['Malmo', 'Scania']),
  place('NO', 'Norway', 'Northern Europe', 'Europe', 2, ['Bergen', 'Vestland'], ['Trondheim', 'Trondelag']),
  place('DK', 'Denmark', 'Northern Europe', 'Europe', 2, ['Aarhus', 'Midtjylland'], ['Odense', 'Funen']),
  place('PL', 'Poland', 'Eastern Europe', 'Europe', 3, ['Gdansk', 'Pomerania'], ['Krakow', 'Lesser Poland']),
  place('TR', 'Turkey', 'Western Asia', 'Middle East', 3, ['Izmir', 'Aegean'], ['Bursa', 'Marmara']),
  place(
    'ZA',
    'South Africa',
    'Southern Africa',
    'Africa',
    3,
    ['Durban', 'KwaZulu-Natal'],
    ['Cape Town', 'Western Cape'],
  ),
  place('EG', 'Egypt', 'Northern Africa', 'Africa', 2, ['Alexandria', 'Lower Egypt']),
  place(
    'IN',
    'India',
    'Southern Asia',
    'Asia',
    6,
    ['Pune', 'Maharashtra'],
    ['Chennai', 'Tamil Nadu'],
    ['Jaipur', 'Rajasthan'],
  ),
  place('JP', 'Japan', 'Eastern Asia', 'Asia', 5, ['Osaka', 'Kansai'], ['Sapporo', 'Hokkaido'], ['Fukuoka', 'Kyushu']),
  place('KR', 'South Korea', 'Eastern Asia', 'Asia', 3, ['Busan', 'Yeongnam'], ['Daejeon', 'Hoseo']),
  place('SG', 'Singapore', 'South-Eastern Asia', 'Asia', 2, ['Singapore', 'Central Region']),
  place('AU', 'Australia', 'Australasia', 'Oceania', 4, ['Perth', 'Western Australia'], ['Brisbane', 'Queensland']),
  place('NZ', 'New Zealand', 'Australasia', 'Oceania', 2, ['Wellington', 'North Island'], ['Dunedin', 'South Island']),
]
