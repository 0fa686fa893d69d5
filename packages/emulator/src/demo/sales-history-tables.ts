/** A table of the demo schema: what CREATE TABLE says between its brackets, and the comments. */
export interface DemoTable {
  readonly name: string
  readonly comment: string
  readonly columns: readonly DemoColumn[]
  /** Keys, as they stand in CREATE TABLE. */
  readonly constraints: readonly string[]
}

interface DemoColumn {
  readonly name: string
  /** Type and NOT NULL, for example `NUMBER(6) NOT NULL`. */
  readonly definition: string
  readonly comment: string
}

function column(name: string, definition: string, comment: string): DemoColumn {
  return { name, definition, comment }
}

/** In dependency order. */
export const salesHistoryTables: readonly DemoTable[] = [
  {
    name: 'COUNTRIES',
    comment: 'Countries in which customers live',
    columns: [
      column('COUNTRY_ID', 'NUMBER(6) NOT NULL', 'Key of the country'),
      column('COUNTRY_ISO_CODE', 'CHAR(2) NOT NULL', 'Two-letter ISO code of the country'),
      column('COUNTRY_NAME', 'VARCHAR2(40) NOT NULL', 'Name of the country'),
      column('COUNTRY_SUBREGION', 'VARCHAR2(30) NOT NULL', 'Part of the region, for example Western Europe'),
      column('COUNTRY_REGION', 'VARCHAR2(20) NOT NULL', 'Region or continent, for example Europe'),
    ],
    constraints: ['CONSTRAINT COUNTRIES_PK PRIMARY KEY (COUNTRY_ID)'],
  },
  {
    name: 'CUSTOMERS',
    comment: 'Customers (buyers, clients): people who bought something',
    columns: [
      column('CUST_ID', 'NUMBER(6) NOT NULL', 'Key of the customer'),
      column('CUST_FIRST_NAME', 'VARCHAR2(20) NOT NULL', 'First name (given name) of the customer'),
      column('CUST_LAST_NAME', 'VARCHAR2(40) NOT NULL', 'Last name (family name, surname) of the customer'),
      column(
        'CUST_GENDER',
        'CHAR(1) NOT NULL',
        'Gender (sex) of the customer: F = female (woman, women), M = male (man, men)',
      ),
      column('CUST_YEAR_OF_BIRTH', 'NUMBER(4) NOT NULL', 'Year of birth (birth year, born) of the customer'),
      column(
        'CUST_MARITAL_STATUS',
        'VARCHAR2(20)',
        'Marital status of the customer: married, single, divorced or widowed',
      ),
      column('CUST_CITY', 'VARCHAR2(30) NOT NULL', 'City (town): where the customer lives'),
      column('CUST_STATE_PROVINCE', 'VARCHAR2(40) NOT NULL', 'State or province: where the customer lives'),
      column('COUNTRY_ID', 'NUMBER(6) NOT NULL', 'Country where the customer lives'),
      column('CUST_INCOME_LEVEL', 'VARCHAR2(30)', 'Income level (income bracket) of the customer'),
      column('CUST_CREDIT_LIMIT', 'NUMBER(8)', 'Credit limit of the customer, in dollars'),
      column('CUST_EMAIL', 'VARCHAR2(60)', 'Email (mail address) of the customer'),
    ],
    constraints: [
      'CONSTRAINT CUSTOMERS_PK PRIMARY KEY (CUST_ID)',
      'CONSTRAINT CUSTOMERS_COUNTRY_FK FOREIGN KEY (COUNTRY_ID) REFERENCES COUNTRIES (COUNTRY_ID)',
    ],
  },
  {
    name: 'PRODUCTS',
    comment: 'Products (items, articles) on offer',
    columns: [
      column('PROD_ID', 'NUMBER(6) NOT NULL', 'Key of the product'),
      column('PROD_NAME', 'VARCHAR2(50) NOT NULL', 'Name of the product'),
      column('PROD_DESC', 'VARCHAR2(200) NOT NULL', 'Description of the product'),
      column('PROD_SUBCATEGORY', 'VARCHAR2(50) NOT NULL', 'Subcategory of the product, for example Cameras'),
      column('PROD_CATEGORY', 'VARCHAR2(50) NOT NULL', 'Category of the product, for example Photo'),
      column('PROD_STATUS', 'VARCHAR2(20) NOT NULL', 'Status of the product: available, orderable or obsolete'),
      column('PROD_LIST_PRICE', 'NUMBER(8,2) NOT NULL', 'List price of the product, in dollars'),
      column('PROD_MIN_PRICE', 'NUMBER(8,2) NOT NULL', 'Lowest price (floor price) at which the product may be sold'),
    ],
    constraints: ['CONSTRAINT PRODUCTS_PK PRIMARY KEY (PROD_ID)'],
  },
  {
    name: 'PROMOTIONS',
    comment: 'Promotions (campaigns): advertising measures and discounts',
    columns: [
      column('PROMO_ID', 'NUMBER(6) NOT NULL', 'Key of the promotion'),
      column('PROMO_NAME', 'VARCHAR2(60) NOT NULL', 'Name of the promotion'),
      column('PROMO_SUBCATEGORY', 'VARCHAR2(30) NOT NULL', 'Subcategory of the promotion, for example radio spot'),
      column('PROMO_CATEGORY', 'VARCHAR2(30) NOT NULL', 'Category of the promotion, for example radio'),
      column('PROMO_COST', 'NUMBER(10,2) NOT NULL', 'Cost (budget) of the promotion, in dollars'),
      column(
        'PROMO_BEGIN_DATE',
        'DATE NOT NULL',
        'Begin date (start, start date, started, begin, began): first day of the promotion',
      ),
      column('PROMO_END_DATE', 'DATE NOT NULL', 'End date (end, ended, finished): last day of the promotion'),
    ],
    constraints: ['CONSTRAINT PROMOTIONS_PK PRIMARY KEY (PROMO_ID)'],
  },
  {
    name: 'CHANNELS',
    comment: 'Channels (sales channels) through which sales are made',
    columns: [
      column('CHANNEL_ID', 'NUMBER(6) NOT NULL', 'Key of the channel'),
      column('CHANNEL_DESC', 'VARCHAR2(20) NOT NULL', 'Name (description) of the channel, for example Internet'),
      column('CHANNEL_CLASS', 'VARCHAR2(20) NOT NULL', 'Class of the channel: Direct, Indirect or Others'),
    ],
    constraints: ['CONSTRAINT CHANNELS_PK PRIMARY KEY (CHANNEL_ID)'],
  },
  {
    name: 'TIMES',
    comment: 'Days of the calendar, one row for each',
    columns: [
      column('TIME_ID', 'DATE NOT NULL', 'Day (date, calendar day): the day itself'),
      column('DAY_NAME', 'VARCHAR2(9) NOT NULL', 'Weekday (day of the week): Monday to Sunday'),
      column('DAY_NUMBER_IN_WEEK', 'NUMBER(1) NOT NULL', 'Number of the day in the week, 1 for Monday'),
      column('DAY_NUMBER_IN_MONTH', 'NUMBER(2) NOT NULL', 'Number of the day in the month'),
      column('CALENDAR_WEEK_NUMBER', 'NUMBER(2) NOT NULL', 'Week (week of the year), 1 to 53'),
      column('CALENDAR_MONTH_NUMBER', 'NUMBER(2) NOT NULL', 'Number of the month, 1 to 12'),
      column('CALENDAR_MONTH_NAME', 'VARCHAR2(9) NOT NULL', 'Name of the month, for example January'),
      column('CALENDAR_MONTH_DESC', 'VARCHAR2(8) NOT NULL', 'Month (year and month), for example 2023-04'),
      column('CALENDAR_QUARTER_NUMBER', 'NUMBER(1) NOT NULL', 'Number of the quarter, 1 to 4'),
      column('CALENDAR_QUARTER_DESC', 'VARCHAR2(7) NOT NULL', 'Quarter (year and quarter), for example 2023-Q2'),
      column('CALENDAR_YEAR', 'NUMBER(4) NOT NULL', 'Year of the calendar'),
    ],
    constraints: ['CONSTRAINT TIMES_PK PRIMARY KEY (TIME_ID)'],
  },
  {
    name: 'SALES',
    comment:
      'Sales (purchases, orders, bought, buy, sold, sell): one row for each product that a customer bought on a day',
    columns: [
      column('PROD_ID', 'NUMBER(6) NOT NULL', 'Product that was sold'),
      column('CUST_ID', 'NUMBER(6) NOT NULL', 'Customer who bought it'),
      column('TIME_ID', 'DATE NOT NULL', 'Day of the sale'),
      column('CHANNEL_ID', 'NUMBER(6) NOT NULL', 'Channel of the sale'),
      column('PROMO_ID', 'NUMBER(6) NOT NULL', 'Promotion that led to the sale'),
      column('QUANTITY_SOLD', 'NUMBER(10,2) NOT NULL', 'Quantity (units, pieces, copies) sold'),
      column(
        'AMOUNT_SOLD',
        'NUMBER(10,2) NOT NULL',
        'Amount (revenue, turnover, spent, spend, earn, earned): what the customer paid, in dollars',
      ),
    ],
    constraints: [
      'CONSTRAINT SALES_PRODUCT_FK FOREIGN KEY (PROD_ID) REFERENCES PRODUCTS (PROD_ID)',
      'CONSTRAINT SALES_CUSTOMER_FK FOREIGN KEY (CUST_ID) REFERENCES CUSTOMERS (CUST_ID)',
      'CONSTRAINT SALES_TIME_FK FOREIGN KEY (TIME_ID) REFERENCES TIMES (TIME_ID)',
      'CONSTRAINT SALES_CHANNEL_FK FOREIGN KEY (CHANNEL_ID) REFERENCES CHANNELS (CHANNEL_ID)',
      'CONSTRAINT SALES_PROMO_FK FOREIGN KEY (PROMO_ID) REFERENCES PROMOTIONS (PROMO_ID)',
    ],
  },
  {
    name: 'COSTS',
    comment: 'Costs (unit costs): what a product costs us and what we ask for it, by month',
    columns: [
      column('PROD_ID', 'NUMBER(6) NOT NULL', 'Product to which the cost belongs'),
      column('TIME_ID', 'DATE NOT NULL', 'First day of the month for which the cost holds'),
      column('PROMO_ID', 'NUMBER(6) NOT NULL', 'Promotion for which the cost holds'),
      column('CHANNEL_ID', 'NUMBER(6) NOT NULL', 'Channel for which the cost holds'),
      column('UNIT_COST', 'NUMBER(10,2) NOT NULL', 'Unit cost: the cost of one piece in dollars'),
      column('UNIT_PRICE', 'NUMBER(10,2) NOT NULL', 'Unit price: price of one piece in dollars'),
    ],
    constraints: [
      'CONSTRAINT COSTS_PRODUCT_FK FOREIGN KEY (PROD_ID) REFERENCES PRODUCTS (PROD_ID)',
      'CONSTRAINT COSTS_TIME_FK FOREIGN KEY (TIME_ID) REFERENCES TIMES (TIME_ID)',
      'CONSTRAINT COSTS_PROMO_FK FOREIGN KEY (PROMO_ID) REFERENCES PROMOTIONS (PROMO_ID)',
      'CONSTRAINT COSTS_CHANNEL_FK FOREIGN KEY (CHANNEL_ID) REFERENCES CHANNELS (CHANNEL_ID)',
    ],
  },
]
