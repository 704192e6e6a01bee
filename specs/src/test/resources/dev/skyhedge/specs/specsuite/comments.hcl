# one
// two
/* three
   four */ a = 1 /* five */ # six
