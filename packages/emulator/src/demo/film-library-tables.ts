import { column, type DemoTable } from './demo-table.ts'

/** In dependency order. */
export const filmLibraryTables: readonly DemoTable[] = [
  {
    name: 'LANGUAGES',
    comment: 'Languages that are spoken in films',
    columns: [
      column('LANGUAGE_ID', 'NUMBER(4) NOT NULL', 'Key of the language'),
      column('LANGUAGE_NAME', 'VARCHAR2(30) NOT NULL', 'Name of the language, for example Swedish'),
    ],
    constraints: ['CONSTRAINT LANGUAGES_PK PRIMARY KEY (LANGUAGE_ID)'],
  },
  {
    name: 'GENRES',
    comment: 'Genres (kinds of film)',
    columns: [
      column('GENRE_ID', 'NUMBER(4) NOT NULL', 'Key of the genre'),
      column('GENRE_NAME', 'VARCHAR2(30) NOT NULL', 'Name of the genre, for example Comedy'),
    ],
    constraints: ['CONSTRAINT GENRES_PK PRIMARY KEY (GENRE_ID)'],
  },
  {
    name: 'PERSONS',
    comment: 'Persons (people) who act in films or direct them',
    columns: [
      column('PERSON_ID', 'NUMBER(6) NOT NULL', 'Key of the person'),
      column('FIRST_NAME', 'VARCHAR2(30) NOT NULL', 'First name (given name) of the person'),
      column('LAST_NAME', 'VARCHAR2(30) NOT NULL', 'Last name (family name, surname) of the person'),
      column('BIRTH_DATE', 'DATE NOT NULL', 'Date of birth (born, birthday) of the person'),
      column('NATIONALITY', 'VARCHAR2(30) NOT NULL', 'Country (home country) from which the person comes'),
    ],
    constraints: ['CONSTRAINT PERSONS_PK PRIMARY KEY (PERSON_ID)'],
  },
  {
    name: 'FILMS',
    comment: 'Films (movies, pictures) of the library',
    columns: [
      column('FILM_ID', 'NUMBER(6) NOT NULL', 'Key of the film'),
      column('TITLE', 'VARCHAR2(60) NOT NULL', 'Title of the film'),
      column(
        'RELEASE_YEAR',
        'NUMBER(4) NOT NULL',
        'Year of release (released, came out, premiered): when the film was first shown',
      ),
      column('LANGUAGE_ID', 'NUMBER(4) NOT NULL', 'Language that is spoken in the film'),
      column('DIRECTOR_ID', 'NUMBER(6) NOT NULL', 'Person who directed the film'),
      column('LENGTH_MINUTES', 'NUMBER(4) NOT NULL', 'Length (running time, duration, runtime) of the film in minutes'),
      column('AGE_RATING', 'VARCHAR2(12) NOT NULL', 'Age rating: family, teen or adult'),
      column(
        'DAILY_FEE',
        'NUMBER(6,2) NOT NULL',
        'Daily fee (price, cost): what one day with the film costs, in euros',
      ),
    ],
    constraints: [
      'CONSTRAINT FILMS_PK PRIMARY KEY (FILM_ID)',
      'CONSTRAINT FILMS_LANGUAGE_FK FOREIGN KEY (LANGUAGE_ID) REFERENCES LANGUAGES (LANGUAGE_ID)',
      'CONSTRAINT FILMS_DIRECTOR_FK FOREIGN KEY (DIRECTOR_ID) REFERENCES PERSONS (PERSON_ID)',
    ],
  },
  {
    name: 'FILM_GENRES',
    comment: 'Which genres a film belongs to, one or two for each',
    columns: [
      column('FILM_ID', 'NUMBER(6) NOT NULL', 'Film of the genre'),
      column('GENRE_ID', 'NUMBER(4) NOT NULL', 'Genre of the film'),
    ],
    constraints: [
      'CONSTRAINT FILM_GENRES_PK PRIMARY KEY (FILM_ID, GENRE_ID)',
      'CONSTRAINT FILM_GENRES_FILM_FK FOREIGN KEY (FILM_ID) REFERENCES FILMS (FILM_ID)',
      'CONSTRAINT FILM_GENRES_GENRE_FK FOREIGN KEY (GENRE_ID) REFERENCES GENRES (GENRE_ID)',
    ],
  },
  {
    name: 'ROLES',
    comment: 'Roles (parts, actors, actresses, cast, starred, appeared, acted, played): who plays whom in which film',
    columns: [
      column('FILM_ID', 'NUMBER(6) NOT NULL', 'Film of the role'),
      column('PERSON_ID', 'NUMBER(6) NOT NULL', 'Person who plays the role'),
      column('ROLE_NAME', 'VARCHAR2(40) NOT NULL', 'Name of the role (character), for example the pilot'),
    ],
    constraints: [
      'CONSTRAINT ROLES_PK PRIMARY KEY (FILM_ID, PERSON_ID)',
      'CONSTRAINT ROLES_FILM_FK FOREIGN KEY (FILM_ID) REFERENCES FILMS (FILM_ID)',
      'CONSTRAINT ROLES_PERSON_FK FOREIGN KEY (PERSON_ID) REFERENCES PERSONS (PERSON_ID)',
    ],
  },
  {
    name: 'COPIES',
    comment: 'Copies (discs, tapes) of films on the shelves',
    columns: [
      column('COPY_ID', 'NUMBER(6) NOT NULL', 'Key of the copy'),
      column('FILM_ID', 'NUMBER(6) NOT NULL', 'Film on the copy'),
      column('MEDIUM', 'VARCHAR2(12) NOT NULL', 'Medium (format) of the copy: DVD, Blu-ray or VHS'),
      column('CONDITION', 'VARCHAR2(12) NOT NULL', 'Condition (state) of the copy: new, good, worn or damaged'),
      column('PURCHASE_DATE', 'DATE NOT NULL', 'Date of purchase (purchased, bought, acquired) of the copy'),
      column('PURCHASE_PRICE', 'NUMBER(6,2) NOT NULL', 'Price of purchase of the copy, in euros'),
    ],
    constraints: [
      'CONSTRAINT COPIES_PK PRIMARY KEY (COPY_ID)',
      'CONSTRAINT COPIES_FILM_FK FOREIGN KEY (FILM_ID) REFERENCES FILMS (FILM_ID)',
    ],
  },
  {
    name: 'MEMBERS',
    comment: 'Members (borrowers, subscribers) of the library',
    columns: [
      column('MEMBER_ID', 'NUMBER(6) NOT NULL', 'Key of the member'),
      column('FIRST_NAME', 'VARCHAR2(30) NOT NULL', 'First name (given name) of the member'),
      column('LAST_NAME', 'VARCHAR2(30) NOT NULL', 'Last name (family name, surname) of the member'),
      column('CITY', 'VARCHAR2(30) NOT NULL', 'City (town) where the member lives'),
      column(
        'MEMBERSHIP',
        'VARCHAR2(12) NOT NULL',
        'Membership (tariff, plan) of the member: standard, student or family',
      ),
      column('JOIN_DATE', 'DATE NOT NULL', 'Date of joining (joined, signed up, registered) of the member'),
      column('PHONE', 'VARCHAR2(20)', 'Phone number (telephone) of the member'),
    ],
    constraints: ['CONSTRAINT MEMBERS_PK PRIMARY KEY (MEMBER_ID)'],
  },
  {
    name: 'RENTALS',
    comment: 'Rentals (loans, rented, borrowed, rent, borrow, lent): one row for each copy that a member took home',
    columns: [
      column('RENTAL_ID', 'NUMBER(8) NOT NULL', 'Key of the rental'),
      column('COPY_ID', 'NUMBER(6) NOT NULL', 'Copy that was rented'),
      column('MEMBER_ID', 'NUMBER(6) NOT NULL', 'Member who rented it'),
      column('RENTAL_DATE', 'DATE NOT NULL', 'Date of the rental: when the copy was taken home'),
      column('RETURN_DATE', 'DATE', 'Date of the return (returned, brought back); empty while the copy is out'),
      column(
        'AMOUNT_PAID',
        'NUMBER(6,2) NOT NULL',
        'Amount paid (paid, income, revenue, takings, earned, spent), in euros',
      ),
    ],
    constraints: [
      'CONSTRAINT RENTALS_PK PRIMARY KEY (RENTAL_ID)',
      'CONSTRAINT RENTALS_COPY_FK FOREIGN KEY (COPY_ID) REFERENCES COPIES (COPY_ID)',
      'CONSTRAINT RENTALS_MEMBER_FK FOREIGN KEY (MEMBER_ID) REFERENCES MEMBERS (MEMBER_ID)',
    ],
  },
]
