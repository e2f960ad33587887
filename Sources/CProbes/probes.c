void isim_empty(void); void isim_empty(void) {}
